package io.crossfade.localaws.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.crossfade.localaws.states.FunctionError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One execution environment of a function: a process, and the Runtime API that it polls. */
final class Instance implements AutoCloseable {
  static {
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private record Work(String id, byte[] payload, CompletableFuture<Answer> answer) {}

  private record Answer(byte[] body, boolean failed) {}

  private final FunctionConfig config;
  private final HttpServer api;
  private final Process process;
  private final SynchronousQueue<Work> queue = new SynchronousQueue<>();
  private final CountDownLatch polled = new CountDownLatch(1);
  private volatile Work running;

  Instance(
      FunctionConfig config,
      Artifact artifact,
      Path folder,
      Map<String, String> base,
      Consumer<String> log) {
    this.config = config;
    try {
      this.api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      api.setExecutor(
          Executors.newCachedThreadPool(
              task -> {
                Thread thread = new Thread(task, "runtime-api-" + config.name());
                thread.setDaemon(true);
                return thread;
              }));
      api.createContext("/2018-06-01/runtime/", this::serve);
      api.start();
      this.process = start(artifact, folder, base);
    } catch (IOException unstartable) {
      throw new UncheckedIOException("cannot start " + config.name(), unstartable);
    }
    Thread reader = new Thread(() -> read(log), "log-" + config.name());
    reader.setDaemon(true);
    reader.start();
    process.onExit().thenRun(this::died);
  }

  private Process start(Artifact artifact, Path folder, Map<String, String> base)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(artifact.command(config.memoryMb()))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    String path = environment.getOrDefault("PATH", "");
    environment.clear();
    environment.put("PATH", path);
    environment.putAll(base);
    environment.putAll(config.environment());
    environment.put("AWS_LAMBDA_FUNCTION_NAME", config.name());
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(config.memoryMb()));
    environment.put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + api.getAddress().getPort());
    return builder.start();
  }

  private void read(Consumer<String> log) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.accept(line);
      }
    } catch (IOException processEnded) {
      log.accept("(end of log)");
    }
  }

  /** Waits until it asks for work for the first time: its cold start is over. */
  void awaitReady() throws InterruptedException {
    while (process.isAlive() && !polled.await(100, TimeUnit.MILLISECONDS)) {
      continue;
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  byte[] invoke(byte[] payload) throws FunctionError {
    Work work = new Work(UUID.randomUUID().toString(), payload, new CompletableFuture<>());
    try {
      while (!queue.offer(work, 100, TimeUnit.MILLISECONDS)) {
        if (!process.isAlive()) {
          throw exited();
        }
      }
      Answer answer = work.answer().get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
      String body = new String(answer.body(), StandardCharsets.UTF_8);
      if (answer.failed()) {
        throw new FunctionError(ErrorType.in(body), body);
      }
      return answer.body();
    } catch (TimeoutException late) {
      close();
      throw new FunctionError(
          "Sandbox.Timedout",
          "{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: %s Error: Task timed out after %d.00 seconds\"}"
              .formatted(work.id(), config.timeout().toSeconds()));
    } catch (ExecutionException died) {
      throw exited();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new FunctionError("Lambda.Unknown", "interrupted");
    } finally {
      running = null;
    }
  }

  private FunctionError exited() {
    return new FunctionError(
        "Runtime.ExitError",
        "{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"Error: Runtime exited with error\"}");
  }

  private void died() {
    Work work = running;
    if (work != null) {
      work.answer().completeExceptionally(new IllegalStateException("the process ended"));
    }
    api.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    try (exchange) {
      if (path.endsWith("/invocation/next")) {
        next(exchange);
      } else {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Work work = running;
        if (work != null && (path.contains(work.id()) || path.endsWith("/init/error"))) {
          work.answer().complete(new Answer(body, path.endsWith("/error")));
        }
        exchange.sendResponseHeaders(202, -1);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    polled.countDown();
    Work work = queue.take();
    running = work;
    var headers = exchange.getResponseHeaders();
    headers.set("Lambda-Runtime-Aws-Request-Id", work.id());
    headers.set(
        "Lambda-Runtime-Deadline-Ms",
        String.valueOf(System.currentTimeMillis() + config.timeout().toMillis()));
    headers.set(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:eu-central-1:123456789012:function:" + config.name());
    headers.set("Lambda-Runtime-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0");
    exchange.sendResponseHeaders(200, work.payload().length);
    exchange.getResponseBody().write(work.payload());
  }

  @Override
  public void close() {
    process.destroyForcibly();
    api.stop(0);
  }
}
