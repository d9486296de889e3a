package io.crossfade.site;

import io.crossfade.localaws.ecs.RunningContainer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** One task: an HTTP server that does a little work before each answer. */
final class SiteContainer implements RunningContainer {
  private static final long START_SECONDS = 10;

  /** What ECS waits between SIGTERM and SIGKILL unless told otherwise. */
  private static final long STOP_SECONDS = 30;

  private final Vertx vertx;
  private final SiteVersion version;
  private final SiteApp app;
  private final HttpServer server;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger healthChecksToFail = new AtomicInteger();
  private final CompletableFuture<Void> canary = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Behaviour behaviour;
  private volatile boolean stopping;

  SiteContainer(Vertx vertx, SiteVersion version, SiteApp app) {
    this.vertx = vertx;
    this.version = version;
    this.behaviour = version.behaviour();
    this.app = app;
    HttpServerOptions options = new HttpServerOptions().setTcpNoDelay(true);
    this.server = vertx.createHttpServer(options).requestHandler(this::receive);
  }

  SiteContainer listen() {
    await(server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture(), START_SECONDS);
    return this;
  }

  @Override
  public int port() {
    return server.actualPort();
  }

  @Override
  public boolean running() {
    return !closed.get();
  }

  /** Returns when the last request has its answer, or after the 30 seconds that ECS gives. */
  @Override
  public void stop() {
    CompletableFuture<Void> stopped =
        canary
            .completeOnTimeout(null, STOP_SECONDS, TimeUnit.SECONDS)
            .thenRun(this::close)
            .thenCompose(closing -> ended);
    stopping = true;
    endIfIdle();
    await(stopped, STOP_SECONDS + 1);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      // First, for a stop that waits comes back here.
      server.close().onSuccess(ended::complete).onFailure(ended::completeExceptionally);
      canary.complete(null);
    }
    await(ended, STOP_SECONDS);
  }

  /** An event loop must not wait for itself; there, what was asked for ends a little later. */
  private static void await(CompletableFuture<?> future, long seconds) {
    if (!Context.isOnEventLoopThread()) {
      future.orTimeout(seconds, TimeUnit.SECONDS).join();
    }
  }

  private void receive(HttpServerRequest request) {
    if (request.path().equals("/health")) {
      send(request.response(), health());
      return;
    }
    inFlight.incrementAndGet();
    request.body().compose(body -> respond(request, body)).onComplete(answered -> end());
  }

  /** A task that hangs says nothing until the one who asked has gone. */
  private Future<Void> respond(HttpServerRequest request, Buffer body) {
    if (behaviour instanceof Behaviour.Hangs) {
      Promise<Void> gone = Promise.promise();
      request.response().closeHandler(closed -> gone.tryComplete());
      return gone.future();
    }
    return afterWork().compose(worked -> answer(request, body));
  }

  /** Fails that many of the next health checks; requests are answered as ever. */
  void failHealthChecks(int number) {
    healthChecksToFail.set(number);
  }

  void behave(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  String version() {
    return version.name();
  }

  private SiteResponse health() {
    boolean failing = healthChecksToFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    return behaviour.healthy() && !failing
        ? SiteResponse.json(200, Map.of("status", "UP"))
        : SiteResponse.error(503, "not ready");
  }

  private Future<Void> afterWork() {
    long millis = ThreadLocalRandom.current().nextLong(5, 21) + behaviour.extraDelay().toMillis();
    return vertx.timer(millis, TimeUnit.MILLISECONDS).mapEmpty();
  }

  private Future<Void> answer(HttpServerRequest request, Buffer body) {
    if (closed.get() || request.response().closed()) {
      return Future.failedFuture("the visitor has gone");
    }
    return send(request.response(), work(request, body));
  }

  private SiteResponse work(HttpServerRequest request, Buffer body) {
    return behaviour.failsRequest(requests.incrementAndGet())
        ? SiteResponse.error(500, "something went wrong")
        : app.answer(request.method().name(), request.path(), body.toString());
  }

  private Future<Void> send(HttpServerResponse response, SiteResponse answer) {
    if (stopping) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    return response
        .setStatusCode(answer.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType())
        .putHeader("X-Version", version.name())
        .end(answer.body());
  }

  /** Whether it ends as soon as every request is answered. */
  boolean stopping() {
    return stopping;
  }

  /** How many requests have come and are not answered yet. */
  int inFlight() {
    return inFlight.get();
  }

  private void end() {
    if (inFlight.decrementAndGet() == 0 && stopping) {
      endIfIdle();
    }
  }

  private void endIfIdle() {
    if (inFlight.get() == 0) {
      canary.complete(null);
    }
  }
}
