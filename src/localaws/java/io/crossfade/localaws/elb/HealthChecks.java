package io.crossfade.localaws.elb;

import io.crossfade.localaws.ScaledClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Asks every target of every group in use, at the group's interval, with a real request. */
final class HealthChecks implements AutoCloseable {
  private static final Duration GAUGE_PERIOD = Duration.ofSeconds(10);
  private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(5);

  private final ScaledClock clock;
  private final TargetGroups groups;
  private final Context context;
  private final HttpClient client;
  private final ScheduledFuture<?> ticking;
  private volatile Instant nextGauge;

  HealthChecks(ScaledClock clock, Vertx vertx, TargetGroups groups) {
    this.clock = clock;
    this.groups = groups;
    this.context = vertx.getOrCreateContext();
    this.client =
        vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false).setMaxPoolSize(100));
    this.nextGauge = clock.now();
    this.ticking = clock.every(Duration.ofSeconds(1), this::tick);
  }

  private void tick() {
    Instant now = clock.now();
    groups.all().forEach(group -> tick(group, now));
    // On a machine that stood still no minute is left without a figure: alarms would miss it.
    while (!now.isBefore(nextGauge)) {
      Instant at = nextGauge;
      groups.all().forEach(group -> gauge(group, at));
      nextGauge = at.plus(GAUGE_PERIOD);
    }
  }

  private void tick(TargetGroupState group, Instant now) {
    groups.forgetDrained(group);
    if (group.inUse() && group.settings().healthCheckEnabled()) {
      group.targets().forEach(target -> check(group, target, now));
    }
  }

  private static void gauge(TargetGroupState group, Instant at) {
    if (group.inUse() && !group.targets().isEmpty()) {
      group.counters().measure(MetricCounters.HEALTHY, group.healthyCount(), at);
      group.counters().measure(MetricCounters.UNHEALTHY, group.unhealthyCount(), at);
    }
  }

  private void check(TargetGroupState group, TargetState target, Instant now) {
    TargetGroup settings = group.settings();
    int turn = target.startCheck(now, now.plusSeconds(settings.healthCheckIntervalSeconds()));
    if (turn == 0) {
      return;
    }
    context.runOnContext(
        ready ->
            ask(target, settings)
                .map(status -> HealthCheckResult.answered(status, settings.matcher().httpCode()))
                .otherwise(HealthCheckResult::failed)
                .onSuccess(result -> target.checked(turn, result, settings)));
  }

  private Future<Integer> ask(TargetState target, TargetGroup settings) {
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setHost(target.host())
            .setPort(target.port())
            .setURI(settings.healthCheckPath())
            .setTimeout(timeout(settings).toMillis())
            .putHeader("User-Agent", "ELB-HealthChecker/2.0");
    return client
        .request(request)
        .compose(out -> out.send())
        .compose(in -> in.body().map(in.statusCode()))
        .timeout(timeout(settings).toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * The group's timeout in world time, but never under five seconds of real time: a request is
   * computed, not waited for, and must not fail because the clock runs fast.
   */
  private Duration timeout(TargetGroup settings) {
    Duration world = Duration.ofSeconds(settings.healthCheckTimeoutSeconds());
    Duration real = clock.real(world);
    return real.compareTo(SHORTEST_TIMEOUT) < 0 ? SHORTEST_TIMEOUT : real;
  }

  @Override
  public void close() {
    ticking.cancel(false);
  }
}
