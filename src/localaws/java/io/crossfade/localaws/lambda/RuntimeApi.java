package io.crossfade.localaws.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The Runtime API of one instance. A poll does not say who polls, so every instance gets a server
 * and port of its own.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime/";

  static {
    // Without it each small answer waits for the other side's delayed acknowledgement.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private final String functionArn;
  private final HttpServer server;
  private final BlockingQueue<Invocation> inbox = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private volatile Invocation current;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "runtime-api");
            thread.setDaemon(true);
            return thread;
          });

  RuntimeApi(String functionArn) throws IOException {
    this.functionArn = functionArn;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(ROOT, this::handle);
    server.start();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Done once the process has asked for its first invocation; fails if it cannot start. */
  CompletableFuture<Void> ready() {
    return ready;
  }

  void send(Invocation invocation) {
    inbox.add(invocation);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(ROOT.length());
      String[] parts = path.split("/");
      if (path.equals("invocation/next")) {
        next(exchange);
      } else if (path.equals("init/error")) {
        ready.completeExceptionally(FunctionErrors.reported(body(exchange)));
        reply(exchange, 202, "{\"status\":\"OK\"}");
      } else if (parts.length == 3 && parts[0].equals("invocation")) {
        answer(exchange, parts[1], parts[2]);
      } else {
        reply(exchange, 404, "{}");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    ready.complete(null);
    Invocation invocation = inbox.take();
    current = invocation;
    var headers = exchange.getResponseHeaders();
    long deadline = System.currentTimeMillis() + invocation.timeout().toMillis();
    headers.set("Lambda-Runtime-Aws-Request-Id", invocation.id());
    headers.set("Lambda-Runtime-Deadline-Ms", String.valueOf(deadline));
    headers.set("Lambda-Runtime-Invoked-Function-Arn", functionArn);
    headers.set("Lambda-Runtime-Trace-Id", trace(invocation));
    reply(exchange, 200, invocation.payload());
  }

  private static String trace(Invocation invocation) {
    String hex = invocation.id().replace("-", "");
    return "Root=1-%s-%s;Parent=%s;Sampled=0"
        .formatted(hex.substring(0, 8), hex.substring(8), hex.substring(0, 16));
  }

  private void answer(HttpExchange exchange, String id, String how) throws IOException {
    String body = body(exchange);
    Invocation invocation = current;
    if (invocation == null || !invocation.id().equals(id)) {
      reply(
          exchange,
          400,
          "{\"errorType\":\"InvalidRequestID\",\"errorMessage\":\"Invalid request ID\"}");
      return;
    }
    // The process must be able to read that it was heard before its next invocation arrives.
    reply(exchange, 202, "{\"status\":\"OK\"}");
    if (how.equals("response")) {
      invocation.answer().complete(body);
    } else {
      invocation.fail(FunctionErrors.reported(body));
    }
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
