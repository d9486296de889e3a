package io.crossfade.localaws.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.crossfade.localaws.DaemonThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/** A server on any free port of 127.0.0.1; every request has a thread of its own. */
public final class WebServer implements AutoCloseable {
  static {
    // Without it every answer waits 40 ms for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final int maxBody;
  private final Function<WebRequest, WebResponse> handler;

  /**
   * @param maxBody in bytes; of a longer body the handler sees one byte more than this
   */
  public WebServer(String name, int maxBody, Function<WebRequest, WebResponse> handler) {
    this.maxBody = maxBody;
    this.handler = handler;
    this.threads = DaemonThreads.pool(name);
    try {
      InetAddress local = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      server = HttpServer.create(new InetSocketAddress(local, 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::exchange);
    server.start();
  }

  /** Ends without a slash. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void exchange(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answer(WebRequest.from(exchange, maxBody)));
    }
  }

  private WebResponse answer(WebRequest request) {
    try {
      return handler.apply(request);
    } catch (RuntimeException e) {
      return WebResponse.text(500, e.toString());
    }
  }

  private static void send(HttpExchange exchange, WebResponse response) throws IOException {
    response.headers().forEach(exchange.getResponseHeaders()::put);
    boolean empty = response.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(response.status(), empty ? -1 : response.body().length);
    if (!empty) {
      exchange.getResponseBody().write(response.body());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
