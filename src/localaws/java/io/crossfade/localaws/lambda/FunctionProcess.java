package io.crossfade.localaws.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.states.FunctionError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One process of a function from its start on, for those who measure it. The command is the
 * caller's own: any program that speaks the Runtime API. It is invoked by one thread at a time.
 */
public final class FunctionProcess implements AutoCloseable {
  private static final int SECONDS_TO_END = 30;

  private final FunctionConfig config;
  private final Instance instance;
  private final CompletableFuture<Duration> firstPoll;

  private FunctionProcess(
      FunctionConfig config, Instance instance, CompletableFuture<Duration> firstPoll) {
    this.config = config;
    this.instance = instance;
    this.firstPoll = firstPoll;
  }

  /**
   * Starts the process and does not wait for it.
   *
   * @param folder the process's working directory, and its {@code LAMBDA_TASK_ROOT}
   * @param home the process's home, without anybody's AWS configuration in it
   */
  public static FunctionProcess start(
      FunctionConfig config, List<String> command, Path folder, Path home) throws IOException {
    long began = System.nanoTime();
    Instance instance =
        Instance.start(
            command, folder, ProcessEnvironment.of(config, home, folder), config.arn(), line -> {});
    CompletableFuture<Duration> firstPoll =
        instance.ready().thenApply(ready -> Duration.ofNanos(System.nanoTime() - began));
    return new FunctionProcess(config, instance, firstPoll);
  }

  /**
   * Waits until the process asks for work; returns how long that took since before its start.
   *
   * @throws FunctionError if it cannot start, with what it said
   */
  public Duration awaitFirstPoll() throws FunctionError {
    instance.awaitReady();
    return firstPoll.join();
  }

  /** Runs one invocation as soon as the process asks for work, and returns its answer. */
  public JsonNode invoke(JsonNode payload) throws FunctionError {
    String answer = instance.run(Invocation.of(payload.toString(), config.timeout()));
    return FunctionErrors.json(answer);
  }

  /** The most memory it ever had, in KiB, as Linux knows it; empty elsewhere. */
  public OptionalLong peakMemoryKib() throws IOException {
    Path status = Path.of("/proc", String.valueOf(instance.handle().pid()), "status");
    return Files.isReadable(status)
        ? Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
        : OptionalLong.empty();
  }

  /** The processor time that it has used. */
  public Duration processorTime() {
    return instance.handle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Asks it to end and waits until it has; a JVM writes its class archive then. */
  public void end() throws InterruptedException, TimeoutException {
    instance.handle().destroy();
    try {
      instance.exit().get(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    instance.kill();
  }
}
