package io.crossfade.rehearsal.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Serves the page on 127.0.0.1, and its state as server-sent events
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html). While nobody looks, nothing is
 * computed.
 */
public final class PageServer implements AutoCloseable {
  public static final int FIRST_PORT = 8080;

  private static final int PORTS = 100;
  private static final long INTERVAL_MILLIS = 500;
  private static final long CLOSING_SECONDS = 10;
  private static final String CHART = "META-INF/resources/webjars/chart.js/4.4.9/dist/chart.umd.js";

  /** Nothing but what this server sends, and in nobody's frame. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final ObjectMapper json = new ObjectMapper();
  private final PageActions actions;
  private final Map<String, Asset> assets;
  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2));
  private final Set<HttpServerResponse> watching = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final HttpServer server;
  private final LocalOrigin origin;

  private record Asset(String type, String content) {}

  /**
   * Listens on the first free port.
   *
   * @param diagram the state machine as SVG
   */
  public PageServer(int firstPort, String diagram, PageActions actions) {
    this.actions = actions;
    this.assets =
        Map.of(
            "/",
            new Asset("text/html", resource("page.html").replace("<!--diagram-->", diagram)),
            "/page.css",
            new Asset("text/css", resource("page.css")),
            "/page.js",
            new Asset("text/javascript", resource("page.js")),
            "/chart.js",
            new Asset("text/javascript", resource("/" + CHART)));
    this.server = listen(firstPort);
    this.origin = new LocalOrigin(server.actualPort());
    vertx.setPeriodic(INTERVAL_MILLIS, tick -> send());
  }

  private HttpServer listen(int firstPort) {
    CompletionException taken = null;
    for (int port = firstPort; port < firstPort + PORTS; port++) {
      try {
        return vertx
            .createHttpServer()
            .requestHandler(this::receive)
            .listen(port, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
      } catch (CompletionException inUse) {
        taken = inUse;
      }
    }
    throw taken;
  }

  public URI url() {
    return URI.create("http://localhost:" + server.actualPort());
  }

  private void receive(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    response
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cache-Control", "no-store");
    if (!origin.isOwnHost(request.getHeader("Host"))) {
      end(response, 403, "not this host");
    } else if (request.method() == HttpMethod.POST) {
      act(request);
    } else if (request.method() != HttpMethod.GET) {
      end(response, 405, "GET or POST");
    } else if (request.path().equals("/events")) {
      watch(response);
    } else {
      serve(request.path(), response);
    }
  }

  private void serve(String path, HttpServerResponse response) {
    Asset asset = assets.get(path);
    if (asset == null) {
      end(response, 404, "not found");
    } else {
      response.putHeader("Content-Type", asset.type() + "; charset=utf-8").end(asset.content());
    }
  }

  private void watch(HttpServerResponse response) {
    response.setChunked(true).putHeader("Content-Type", "text/event-stream");
    response.closeHandler(gone -> watching.remove(response));
    response.exceptionHandler(broken -> watching.remove(response));
    watching.add(response);
    send();
  }

  private void send() {
    if (!watching.isEmpty()) {
      vertx.<Buffer>executeBlocking(this::event, false).onSuccess(this::send);
    }
  }

  private void send(Buffer event) {
    for (HttpServerResponse response : watching) {
      // Who reads too slowly gets the next state, which has everything again.
      if (!response.writeQueueFull()) {
        response.write(event);
      }
    }
  }

  private void end(Buffer last) {
    watching.forEach(response -> response.end(last));
  }

  private Buffer event() throws JsonProcessingException {
    return Buffer.buffer("data: " + json.writeValueAsString(actions.state()) + "\n\n");
  }

  private void act(HttpServerRequest request) {
    if (!origin.mayAct(
        request.getHeader("Host"),
        request.getHeader("Origin"),
        request.getHeader("Content-Type"))) {
      end(request.response(), 403, "not from this page");
      return;
    }
    request
        .body()
        .compose(body -> vertx.executeBlocking(() -> act(request.path(), body.toString()), false))
        .onSuccess(status -> end(request.response(), status, ""))
        .onFailure(failed -> end(request.response(), 500, failed.toString()));
  }

  private int act(String path, String body) throws JsonProcessingException {
    boolean done;
    if (path.equals("/click")) {
      JsonNode click = json.readTree(body);
      done = actions.click(click);
    } else if (path.startsWith("/trouble/")) {
      done = Trouble.of(path.substring("/trouble/".length())).filter(actions::make).isPresent();
    } else {
      return 404;
    }
    send();
    return done ? 204 : 409;
  }

  private static void end(HttpServerResponse response, int status, String text) {
    response.setStatusCode(status).putHeader("Content-Type", "text/plain").end(text);
  }

  private static String resource(String name) {
    try (InputStream in = PageServer.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends the last state to everybody who looks, and ends. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    Future<Buffer> last =
        watching.isEmpty()
            ? Future.succeededFuture(Buffer.buffer())
            : vertx.<Buffer>executeBlocking(this::event, false).onSuccess(this::end);
    last.eventually(() -> server.close())
        .eventually(() -> vertx.close())
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(CLOSING_SECONDS, TimeUnit.SECONDS)
        .exceptionally(late -> null)
        .join();
  }
}
