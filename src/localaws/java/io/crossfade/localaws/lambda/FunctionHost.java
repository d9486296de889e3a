package io.crossfade.localaws.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.states.FunctionError;
import io.crossfade.localaws.states.FunctionInvoker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * Hosts functions of one packaged artifact, each in processes of its own that are started at their
 * first call, and more of them while all are busy. No process outlives this JVM.
 */
public final class FunctionHost implements FunctionInvoker, AutoCloseable {
  private final Artifact artifact;
  private final Path home;
  private final Map<String, HostedFunction> functions = new ConcurrentHashMap<>();
  private final List<BiConsumer<String, String>> sinks = new CopyOnWriteArrayList<>();
  private final Thread shutdownHook = new Thread(this::killAll, "function-host-shutdown");

  /**
   * @param functionZip as Quarkus builds it: a {@code bootstrap} executable, or classes and {@code
   *     lib/*.jar}
   * @param workFolder to unzip it into, where it stays for the next host; created if need be
   */
  public FunctionHost(Path functionZip, Path workFolder) {
    Path folder = workFolder.toAbsolutePath().normalize();
    this.artifact = Artifact.unzip(functionZip, folder);
    this.home = home(folder);
    Runtime.getRuntime().addShutdownHook(shutdownHook);
  }

  private static Path home(Path folder) {
    try {
      return Files.createDirectories(folder.resolve("home"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether an artifact is a native executable.
   *
   * @throws UncheckedIOException if there is none, or if it is no zip
   */
  public static boolean isNative(Path functionZip) {
    return Artifact.isNative(functionZip);
  }

  public boolean isNative() {
    return artifact.isNative();
  }

  /** Adds a function; no process is started yet. */
  public void register(FunctionConfig config) {
    HostedFunction function =
        new HostedFunction(config, artifact, home, line -> publish(config.name(), line));
    if (functions.putIfAbsent(config.name(), function) != null) {
      throw new IllegalArgumentException("registered already: " + config.name());
    }
  }

  /**
   * Starts one process for every function, and waits for all, so that no call is a cold start.
   *
   * @throws FunctionError for a function that cannot start, with its name and what it said
   */
  public void warmUp() throws FunctionError {
    functions.values().stream().findFirst().ifPresent(HostedFunction::archiveClasses);
    Map<String, HostedFunction.Start> starts = new TreeMap<>();
    for (Map.Entry<String, HostedFunction> function : functions.entrySet()) {
      starts.put(function.getKey(), function.getValue().startAhead());
    }
    for (Map.Entry<String, HostedFunction.Start> start : starts.entrySet()) {
      try {
        start.getValue().await();
      } catch (FunctionError e) {
        String message = "function %s cannot start: %s".formatted(start.getKey(), e.getMessage());
        throw new FunctionError(e.errorType(), message, e.causeJson());
      }
    }
  }

  /** Calls back with a function's name and each line it writes. */
  public void onLine(BiConsumer<String, String> sink) {
    sinks.add(sink);
  }

  @Override
  public JsonNode invoke(String functionNameOrArn, JsonNode payload) throws FunctionError {
    HostedFunction function = functions.get(name(functionNameOrArn));
    if (function == null) {
      throw FunctionErrors.service(
          "ResourceNotFoundException", "Function not found: " + functionNameOrArn);
    }
    return function.invoke(payload);
  }

  /** Waits until every function has ended what it does, for a caller who has gone as well. */
  public void awaitIdle() {
    Await.until(
        "every function has ended",
        () -> functions.values().stream().noneMatch(HostedFunction::busy));
  }

  /** Kills all processes of a function at once; the next call is a cold start. */
  public void kill(String name) {
    hosted(name).kill();
  }

  /** The last lines that a function wrote, oldest first. */
  public List<String> logs(String name) {
    return hosted(name).logs();
  }

  int idle(String name) {
    return hosted(name).idle();
  }

  public FunctionStats stats(String name) {
    return hosted(name).stats();
  }

  public Map<String, FunctionStats> stats() {
    Map<String, FunctionStats> stats = new TreeMap<>();
    functions.forEach((name, function) -> stats.put(name, function.stats()));
    return stats;
  }

  @Override
  public void close() {
    killAll();
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      // The JVM is going down and runs the hook itself.
    }
  }

  private void killAll() {
    functions.values().forEach(HostedFunction::close);
  }

  private HostedFunction hosted(String name) {
    HostedFunction function = functions.get(name);
    if (function == null) {
      throw new IllegalArgumentException("no such function: " + name);
    }
    return function;
  }

  private void publish(String name, String line) {
    sinks.forEach(sink -> sink.accept(name, line));
  }

  /** The name in an ARN, or in front of a qualifier. */
  static String name(String nameOrArn) {
    String name = nameOrArn.replaceFirst("^arn:[^:]+:lambda:[^:]*:[^:]*:function:", "");
    return name.contains(":") ? name.substring(0, name.indexOf(':')) : name;
  }
}
