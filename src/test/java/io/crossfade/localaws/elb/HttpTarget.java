package io.crossfade.localaws.elb;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;

/** A real HTTP server to be a target in tests: it answers with its name. */
public final class HttpTarget implements AutoCloseable {
  static {
    // Without it the JDK's server waits 40 ms for an acknowledgement in every answer.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final String name;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile int health = 200;
  private volatile int status = 200;
  private volatile Duration takes = Duration.ZERO;
  private volatile boolean open = true;
  private volatile boolean drops;

  public HttpTarget(String name) {
    this.name = name;
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 200);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.createContext("/health", exchange -> reply(exchange, health, "health"));
    server.setExecutor(threads);
    server.start();
  }

  private void serve(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    inFlight.incrementAndGet();
    try {
      Thread.sleep(takes.toMillis());
      if (drops) {
        exchange.close();
      } else {
        reply(exchange, status, name);
      }
    } catch (InterruptedException stopped) {
      exchange.close();
    } finally {
      inFlight.decrementAndGet();
    }
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  public HttpTarget health(int answer) {
    health = answer;
    return this;
  }

  public HttpTarget status(int answer) {
    status = answer;
    return this;
  }

  /** Every connection is closed without an answer; health checks are answered. */
  public HttpTarget drops() {
    drops = true;
    return this;
  }

  /** How long each request takes in real time. */
  public HttpTarget takes(Duration time) {
    takes = time;
    return this;
  }

  public int requests() {
    return requests.get();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public boolean open() {
    return open;
  }

  public TargetDescription address() {
    return TargetDescription.builder().id("127.0.0.1").port(port()).build();
  }

  /** Ends once nothing is in flight, as a server does on SIGTERM. */
  public void stop() {
    while (inFlight.get() > 0) {
      Thread.onSpinWait();
    }
    close();
  }

  @Override
  public void close() {
    open = false;
    server.stop(0);
    threads.shutdownNow();
  }
}
