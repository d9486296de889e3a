package io.crossfade.localaws.lambda;

import io.crossfade.localaws.states.FunctionError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One process that runs a function, one invocation at a time. */
final class Instance {
  /** Far above what Lambda allows for a start, for a dozen may start at once on a small machine. */
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private static final int MAX_LAST_LINES = 20;
  private static final int SECONDS_FOR_LAST_LINES = 2;

  private final RuntimeApi api;
  private final Process process;
  private final Deque<String> lastLines = new ArrayDeque<>();
  private final CompletableFuture<Void> outputRead = new CompletableFuture<>();
  private final CompletableFuture<Process> ended;
  private volatile Invocation current;

  private Instance(RuntimeApi api, Process process, Consumer<String> lines) {
    this.api = api;
    this.process = process;
    this.ended = process.onExit().thenCompose(this::awaitOutput);
    read(lines);
    ended.thenRun(this::exited);
  }

  /** A child that outlives its process may hold the output open. */
  private CompletableFuture<Process> awaitOutput(Process gone) {
    return outputRead
        .copy()
        .completeOnTimeout(null, SECONDS_FOR_LAST_LINES, TimeUnit.SECONDS)
        .thenApply(read -> gone);
  }

  static Instance start(
      List<String> command,
      Path folder,
      Map<String, String> environment,
      String arn,
      Consumer<String> lines)
      throws IOException {
    RuntimeApi api = new RuntimeApi(arn);
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.directory(folder.toFile()).redirectErrorStream(true);
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
      return new Instance(api, builder.start(), lines);
    } catch (IOException e) {
      api.close();
      throw e;
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Whether it works on a call, which it does to the end even if the caller has gone. */
  boolean busy() {
    Invocation last = current;
    return alive() && last != null && !last.answer().isDone();
  }

  /**
   * False for a process that is gone, that is about to go because it could not start, or that still
   * works for a caller who has gone.
   */
  boolean reusable() {
    return alive() && !api.ready().isCompletedExceptionally() && !busy();
  }

  /**
   * Waits until the process asks for work.
   *
   * @throws FunctionError if it never will
   */
  void awaitReady() throws FunctionError {
    try {
      CompletableFuture.anyOf(api.ready(), ended)
          .get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw FunctionErrors.service("ServiceException", "no start within " + START_LIMIT);
    } catch (ExecutionException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw FunctionErrors.service("ServiceException", "interrupted");
    }
    if (ended.isDone()) {
      throw exitError(UUID.randomUUID().toString());
    }
  }

  private static FunctionError failure(ExecutionException e) {
    return e.getCause() instanceof FunctionError error
        ? error
        : FunctionErrors.service("Unknown", e.getCause().toString());
  }

  CompletableFuture<Process> exit() {
    return process.onExit();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Done once the process has asked for its first invocation; fails if it cannot start. */
  CompletableFuture<Void> ready() {
    return api.ready();
  }

  /** Ends the process at once and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    api.close();
  }

  /** Runs one invocation; the function's timeout begins when the process is there. */
  String run(Invocation invocation) throws FunctionError {
    current = invocation;
    if (ended.isDone()) {
      exited();
    }
    boolean sent = false;
    try {
      CompletableFuture.anyOf(api.ready(), invocation.answer())
          .get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      api.send(invocation);
      sent = true;
      return invocation.answer().get(invocation.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      kill();
      throw FunctionErrors.timedOut(invocation.id(), invocation.timeout());
    } catch (ExecutionException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      FunctionError interrupted = FunctionErrors.service("ServiceException", "interrupted");
      if (!sent) {
        invocation.fail(interrupted);
      }
      throw interrupted;
    }
  }

  private void exited() {
    Invocation failed = current;
    if (failed != null) {
      failed.fail(exitError(failed.id()));
    }
    api.close();
  }

  private FunctionError exitError(String id) {
    synchronized (lastLines) {
      return FunctionErrors.exited(id, process.exitValue(), List.copyOf(lastLines));
    }
  }

  private void read(Consumer<String> lines) {
    Thread reader = new Thread(() -> copy(lines), "function-output");
    reader.setDaemon(true);
    reader.start();
  }

  private void copy(Consumer<String> lines) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        keep(line);
        lines.accept(line);
      }
    } catch (IOException e) {
      // The process was killed while it wrote.
    } finally {
      outputRead.complete(null);
    }
  }

  private void keep(String line) {
    synchronized (lastLines) {
      lastLines.addLast(line);
      if (lastLines.size() > MAX_LAST_LINES) {
        lastLines.removeFirst();
      }
    }
  }
}
