package io.crossfade.localaws.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.states.FunctionError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** One function: its instances, its output, its figures. */
final class HostedFunction {
  private static final int MOST_LINES = 10_000;
  private static final String ARN = "arn:aws:lambda:eu-central-1:123456789012:function:";

  private final FunctionConfig config;
  private final Artifact artifact;
  private final Path home;
  private final Consumer<String> sink;
  private final Set<Instance> instances = ConcurrentHashMap.newKeySet();
  private final Deque<Instance> idle = new ConcurrentLinkedDeque<>();
  private final Deque<String> lines = new ArrayDeque<>();
  private final AtomicLong coldStarts = new AtomicLong();
  private final Histogram micros = new ConcurrentHistogram(3);
  private volatile boolean closed;

  HostedFunction(FunctionConfig config, Artifact artifact, Path home, Consumer<String> sink) {
    this.config = config;
    this.artifact = artifact;
    this.home = home;
    this.sink = sink;
  }

  JsonNode invoke(JsonNode payload) throws FunctionError {
    long start = System.nanoTime();
    try {
      return json(run(Invocation.of(payload.toString(), config.timeout())));
    } finally {
      micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
    }
  }

  private String run(Invocation invocation) throws FunctionError {
    Instance instance = claim();
    try {
      return instance.run(invocation);
    } finally {
      if (instance.reusable() && !closed) {
        idle.push(instance);
      }
    }
  }

  private Instance claim() throws FunctionError {
    for (Instance instance = idle.poll(); instance != null; instance = idle.poll()) {
      if (instance.alive()) {
        return instance;
      }
    }
    return start();
  }

  private Instance start() throws FunctionError {
    try {
      coldStarts.incrementAndGet();
      Instance instance =
          Instance.start(artifact, config, environment(), ARN + config.name(), this::line);
      instances.add(instance);
      instance.exit().thenRun(() -> instances.remove(instance));
      if (closed) {
        kill();
        throw FunctionErrors.service("ServiceException", "the host is closed");
      }
      return instance;
    } catch (IOException e) {
      throw FunctionErrors.service("ServiceException", "cannot start a process: " + e);
    }
  }

  /** Waiting for a process that was started. */
  interface Start {
    /**
     * @throws FunctionError if it cannot start, with what it said
     */
    void await() throws FunctionError;
  }

  /** Starts an instance that nobody asked for yet. */
  Start startAhead() throws FunctionError {
    Instance instance = start();
    return () -> {
      instance.awaitReady();
      idle.push(instance);
    };
  }

  private static JsonNode json(String answer) throws FunctionError {
    try {
      return answer.isEmpty()
          ? FunctionErrors.JSON.nullNode()
          : FunctionErrors.JSON.readTree(answer);
    } catch (JsonProcessingException e) {
      throw new FunctionError(
          "Runtime.InvalidResponse", "the function's answer is not JSON: " + answer, null);
    }
  }

  /** Has this function's artifact start faster from now on, if the JDK can. */
  void archiveClasses() {
    artifact.archiveClasses(environment());
  }

  boolean busy() {
    return instances.stream().anyMatch(Instance::busy);
  }

  void kill() {
    List.copyOf(instances).forEach(Instance::kill);
  }

  void close() {
    closed = true;
    kill();
  }

  List<String> logs() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  FunctionStats stats() {
    Histogram copy = micros.copy();
    return new FunctionStats(
        copy.getTotalCount(),
        coldStarts.get(),
        copy.getValueAtPercentile(50) / 1000.0,
        copy.getValueAtPercentile(99) / 1000.0,
        copy.getMaxValue() / 1000.0,
        copy.getMean() * copy.getTotalCount() / 1000.0);
  }

  private void line(String line) {
    synchronized (lines) {
      lines.addLast(line);
      if (lines.size() > MOST_LINES) {
        lines.removeFirst();
      }
    }
    sink.accept(line);
  }

  /**
   * What Lambda sets, then the function's own. HOME is a folder of ours: a person's own AWS
   * configuration files must not reach the function.
   */
  private Map<String, String> environment() {
    Map<String, String> all = new LinkedHashMap<>();
    for (String name : List.of("PATH", "Path", "SystemRoot", "LD_LIBRARY_PATH")) {
      if (System.getenv(name) != null) {
        all.put(name, System.getenv(name));
      }
    }
    all.put("HOME", home.toString());
    all.put("USERPROFILE", home.toString());
    all.putAll(ProcessLocale.variables());
    all.put("TZ", ":UTC");
    all.put("AWS_REGION", "eu-central-1");
    all.put("AWS_DEFAULT_REGION", "eu-central-1");
    all.put("AWS_LAMBDA_FUNCTION_NAME", config.name());
    all.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    all.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(config.memoryMb()));
    all.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + config.name());
    all.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
    all.put("LAMBDA_TASK_ROOT", artifact.folder().toString());
    all.putAll(config.environment());
    return all;
  }
}
