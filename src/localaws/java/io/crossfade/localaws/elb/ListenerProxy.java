package io.crossfade.localaws.elb;

import io.crossfade.localaws.ScaledClock;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.FixedResponseActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupStickinessConfig;

/**
 * The data plane of one listener: a real HTTP proxy on 127.0.0.1. It follows the rules as they were
 * one propagation delay ago. It never repeats a request: a target that drops it is a 502, and one
 * that says nothing for the idle timeout is a 504.
 */
public final class ListenerProxy {
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "content-length");

  /** The default of {@code idle_timeout.timeout_seconds}, in world time. */
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

  /** In real time: a request is computed, and must not fail because the clock runs fast. */
  private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(5);

  private final ScaledClock clock;
  private final Duration propagation;
  private final ListenerState listener;
  private final TargetGroups groups;
  private final HttpClient client;
  private final HttpServer server;
  private final AtomicLong inFlight = new AtomicLong();

  ListenerProxy(
      Vertx vertx,
      HttpClient client,
      ScaledClock clock,
      Duration propagation,
      ListenerState listener,
      TargetGroups groups) {
    this.clock = clock;
    this.propagation = propagation;
    this.listener = listener;
    this.groups = groups;
    this.client = client;
    HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(0);
    Future<HttpServer> listening =
        vertx.createHttpServer(options).requestHandler(this::handle).listen();
    this.server = listening.toCompletionStage().toCompletableFuture().join();
  }

  /** The address of the listener. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  /** Requests that are under way at this moment. */
  public long inFlight() {
    return inFlight.get();
  }

  private void handle(HttpServerRequest in) {
    in.body().onSuccess(body -> act(in, body));
  }

  /** An authenticate action lets everyone through: only the last action counts here. */
  private void act(HttpServerRequest in, Buffer body) {
    List<Action> actions = listener.actions(request(in), clock.now().minus(propagation));
    Action action = ForwardActions.last(actions);
    if (action.type() == ActionTypeEnum.FORWARD) {
      forward(in, body, action.forwardConfig());
    } else if (action.type() == ActionTypeEnum.FIXED_RESPONSE) {
      fixed(in, action.fixedResponseConfig());
    } else {
      in.response().setStatusCode(501).end("not emulated: action " + action.typeAsString());
    }
  }

  private static RuleConditions.Request request(HttpServerRequest in) {
    return new RuleConditions.Request(
        in.path() == null ? "/" : in.path(), name -> in.headers().getAll(name));
  }

  private static void fixed(HttpServerRequest in, FixedResponseActionConfig fixed) {
    HttpServerResponse out = in.response().setStatusCode(Integer.parseInt(fixed.statusCode()));
    if (fixed.contentType() != null) {
      out.putHeader("Content-Type", fixed.contentType());
    }
    out.end(fixed.messageBody() == null ? "" : fixed.messageBody());
  }

  private void forward(HttpServerRequest in, Buffer body, ForwardActionConfig config) {
    TargetGroupStickinessConfig sticky = config.targetGroupStickinessConfig();
    boolean holds = Boolean.TRUE.equals(sticky.enabled());
    String arn =
        TargetGroupSelector.choose(config, holds ? StickinessCookie.heldTo(in, clock.now()) : null);
    TargetGroupState group = arn == null ? null : groups.lookup(arn);
    TargetState target = group == null ? null : group.next();
    if (target == null) {
      refuse(in, group, 503);
      return;
    }
    if (holds) {
      hold(in, arn, Duration.ofSeconds(sticky.durationSeconds()));
    }
    proxy(in, body, group, target);
  }

  private void hold(HttpServerRequest in, String arn, Duration age) {
    String header = new StickinessCookie(arn, clock.now().plus(age)).header(clock.real(age));
    in.response().headers().add("Set-Cookie", header);
  }

  private void proxy(
      HttpServerRequest in, Buffer body, TargetGroupState group, TargetState target) {
    long started = System.nanoTime();
    inFlight.incrementAndGet();
    RequestOptions options =
        new RequestOptions()
            .setMethod(in.method())
            .setHost(target.host())
            .setPort(target.port())
            .setURI(in.uri())
            .setIdleTimeout(idleTimeout().toMillis());
    group.counters().count(MetricCounters.REQUESTS);
    listener.loadBalancer().counters().count(MetricCounters.REQUESTS);
    client
        .request(options)
        .onFailure(refused -> group.counters().count(MetricCounters.CONNECTION_ERRORS))
        .compose(out -> copyRequest(in, out).send(body))
        .compose(
            answer ->
                answer
                    .body()
                    .onSuccess(
                        content -> {
                          double seconds = (System.nanoTime() - started) / 1e9;
                          count(group, answer.statusCode(), seconds);
                          answer(in, answer, content);
                        }))
        .onFailure(why -> failed(in, group, why))
        .onComplete(done -> inFlight.decrementAndGet());
  }

  private Duration idleTimeout() {
    Duration real = clock.real(IDLE_TIMEOUT);
    return real.compareTo(SHORTEST_TIMEOUT) < 0 ? SHORTEST_TIMEOUT : real;
  }

  private static HttpClientRequest copyRequest(HttpServerRequest in, HttpClientRequest out) {
    copyHeaders(in.headers(), out.headers());
    String peer = in.remoteAddress().hostAddress();
    String before = in.getHeader("X-Forwarded-For");
    out.headers().set("X-Forwarded-For", before == null ? peer : before + ", " + peer);
    out.headers().set("X-Forwarded-Proto", "http");
    out.headers().set("X-Forwarded-Port", String.valueOf(in.localAddress().port()));
    return out;
  }

  private static void copyHeaders(MultiMap from, MultiMap to) {
    from.forEach(
        (name, value) -> {
          if (!HOP_BY_HOP.contains(name.toLowerCase(java.util.Locale.ROOT))) {
            to.add(name, value);
          }
        });
  }

  private static void answer(HttpServerRequest in, HttpClientResponse answer, Buffer body) {
    HttpServerResponse out = in.response();
    if (out.closed()) {
      return; // the visitor went away
    }
    out.setStatusCode(answer.statusCode());
    copyHeaders(answer.headers(), out.headers());
    if (in.method().equals(HttpMethod.HEAD)) {
      out.end();
    } else {
      out.end(body);
    }
  }

  private void count(TargetGroupState group, int status, double seconds) {
    group.counters().answered(status, seconds);
    listener.loadBalancer().counters().answered(status, seconds);
  }

  private void failed(HttpServerRequest in, TargetGroupState group, Throwable why) {
    refuse(in, group, why instanceof TimeoutException ? 504 : 502);
  }

  private void refuse(HttpServerRequest in, TargetGroupState group, int status) {
    listener.loadBalancer().counters().answeredByBalancer(status);
    if (group != null) {
      group.counters().answeredByBalancer(status);
    }
    if (!in.response().ended() && !in.response().closed()) {
      in.response().setStatusCode(status).end("balancer: " + status);
    }
  }
}
