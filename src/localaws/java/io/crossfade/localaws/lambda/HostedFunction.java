package io.crossfade.localaws.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.states.FunctionError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
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
      return FunctionErrors.json(run(Invocation.of(payload.toString(), config.timeout())));
    } finally {
      micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
    }
  }

  private String run(Invocation invocation) throws FunctionError {
    Instance instance = claim();
    try {
      return instance.run(invocation);
    } finally {
      if (instance.busy()) {
        // The caller has gone; the function runs to its end all the same.
        invocation.answer().whenComplete((answer, error) -> free(instance));
      } else {
        free(instance);
      }
    }
  }

  private void free(Instance instance) {
    if (instance.reusable() && !closed) {
      idle.push(instance);
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
          Instance.start(
              artifact.command(config.memoryMb()),
              artifact.folder(),
              environment(),
              config.arn(),
              this::line);
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

  /** Has this function's artifact start faster from now on, if the JDK can. */
  void archiveClasses() {
    artifact.archiveClasses(environment());
  }

  int idle() {
    return idle.size();
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

  private Map<String, String> environment() {
    return ProcessEnvironment.of(config, home, artifact.folder());
  }
}
