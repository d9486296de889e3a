package io.crossfade.localaws.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.localaws.states.FunctionError;
import io.crossfade.localaws.states.FunctionInvoker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Runs the packaged functions: an instance is started when there is work and none is free, and kept
 * warm afterwards.
 */
public final class FunctionHost implements FunctionInvoker, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Artifact artifact;
  private final Path folder;
  private final Map<String, String> base;
  private final Map<String, Function> functions = new ConcurrentHashMap<>();
  private final Thread atExit = new Thread(this::stopAll, "stop-functions");

  /** One function's warm instances, log and figures. */
  private final class Function {
    final FunctionConfig config;
    final Deque<Instance> idle = new ArrayDeque<>();
    final Set<Instance> all = ConcurrentHashMap.newKeySet();
    final Deque<String> log = new ConcurrentLinkedDeque<>();
    final AtomicLong coldStarts = new AtomicLong();
    final Histogram micros = new ConcurrentHistogram(3);

    Function(FunctionConfig config) {
      this.config = config;
    }

    Instance take() {
      synchronized (idle) {
        while (!idle.isEmpty()) {
          Instance warm = idle.pop();
          if (warm.alive()) {
            return warm;
          }
          all.remove(warm);
        }
      }
      return start();
    }

    Instance start() {
      coldStarts.incrementAndGet();
      Instance fresh = new Instance(config, artifact, folder, base, log::add);
      all.add(fresh);
      return fresh;
    }

    void giveBackAll() {
      all.forEach(this::giveBack);
    }

    void giveBack(Instance instance) {
      synchronized (idle) {
        idle.push(instance);
      }
    }

    void kill() {
      all.forEach(Instance::close);
      all.clear();
    }
  }

  /**
   * @param functionZip the artifact, JVM or native
   * @param work a folder for the unzipped artifact
   * @param base environment of every function: region, endpoint, credentials
   */
  public FunctionHost(Path functionZip, Path work, Map<String, String> base) {
    this.folder = work.resolve("function").toAbsolutePath().normalize();
    this.artifact = Artifact.unzip(functionZip, folder);
    this.base = Map.copyOf(base);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  public void register(FunctionConfig config) {
    functions.put(config.name(), new Function(config));
  }

  /** Starts an instance of every function, so that nobody waits for a cold start later. */
  public void warmUp() throws InterruptedException {
    List<Instance> fresh = functions.values().stream().map(Function::start).toList();
    for (Instance instance : fresh) {
      instance.awaitReady();
    }
    functions.values().forEach(Function::giveBackAll);
  }

  public boolean isNative() {
    return artifact.isNative();
  }

  @Override
  public JsonNode invoke(String nameOrArn, JsonNode payload) throws FunctionError {
    Function function = functions.get(nameOrArn.substring(nameOrArn.lastIndexOf(':') + 1));
    if (function == null) {
      throw new FunctionError(
          "Lambda.ResourceNotFoundException", "Function not found: " + nameOrArn);
    }
    long began = System.nanoTime();
    Instance instance = function.take();
    try {
      return JSON.readTree(instance.invoke(JSON.writeValueAsBytes(payload)));
    } catch (IOException notJson) {
      throw new FunctionError("Lambda.Unknown", "the answer is not JSON: " + notJson.getMessage());
    } finally {
      function.micros.recordValue((System.nanoTime() - began) / 1000);
      if (instance.alive()) {
        function.giveBack(instance);
      }
    }
  }

  /** Kills every instance at once, as if the machines below were lost. */
  public void kill(String name) {
    functions.get(name).kill();
  }

  /** What the functions wrote, each line behind its function's name. */
  public List<String> logs() {
    return functions.values().stream()
        .flatMap(function -> function.log.stream().map(line -> function.config.name() + " " + line))
        .toList();
  }

  public Map<String, FunctionStats> stats() {
    Map<String, FunctionStats> stats = new TreeMap<>();
    functions.forEach(
        (name, function) -> {
          Histogram micros = function.micros;
          stats.put(
              name,
              new FunctionStats(
                  micros.getTotalCount(),
                  function.coldStarts.get(),
                  micros.getValueAtPercentile(50) / 1000.0,
                  micros.getValueAtPercentile(99) / 1000.0,
                  micros.getMaxValue() / 1000.0));
        });
    return stats;
  }

  private void stopAll() {
    functions.values().forEach(Function::kill);
  }

  @Override
  public void close() {
    stopAll();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException shuttingDown) {
      stopAll();
    }
  }
}
