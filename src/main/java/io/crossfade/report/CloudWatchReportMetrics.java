package io.crossfade.report;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.LoadBalancerMetrics;
import io.crossfade.aws.LoadBalancerMetrics.Query;
import io.crossfade.release.Arn;
import io.crossfade.release.Deployment;
import io.crossfade.release.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/**
 * AWS/ApplicationELB in one call of GetMetricData. What the load balancer answered itself has no
 * target group, and counts as the load balancer's.
 */
@Adapter
class CloudWatchReportMetrics implements ReportMetrics {
  static final String BALANCER = "the load balancer";

  /** Periods in seconds: the first that makes no more points than this of each metric. */
  private static final int[] PERIODS = {60, 300, 900, 3600};

  private static final int MAX_POINTS = 400;

  private final CloudWatchClient cloudWatch;

  CloudWatchReportMetrics(CloudWatchClient cloudWatch) {
    this.cloudWatch = cloudWatch;
  }

  @Override
  public Measured between(Deployment deployment, Instant from, Instant to) {
    Side stable = deployment.target().stable();
    Side canary = deployment.target().canary();
    int period = period(from, to);
    Instant first = Instant.ofEpochSecond(from.getEpochSecond() / period * period);
    var figures =
        LoadBalancerMetrics.figures(
            cloudWatch,
            Arn.loadBalancer(deployment.release().ruleArn()),
            List.of(
                new Query("stable", "RequestCount", stable.dimension()),
                new Query("stableFailed", "HTTPCode_Target_5XX_Count", stable.dimension()),
                new Query("stableHealthy", "HealthyHostCount", stable.dimension(), "Minimum"),
                new Query("canary", "RequestCount", canary.dimension()),
                new Query("canaryFailed", "HTTPCode_Target_5XX_Count", canary.dimension()),
                new Query("canaryHealthy", "HealthyHostCount", canary.dimension(), "Minimum"),
                new Query("balancer", "HTTPCode_ELB_5XX_Count", null)),
            period,
            first,
            to.isAfter(first) ? to : first.plusSeconds(period));
    Map<Instant, Map<String, Samples.Count>> counts = new TreeMap<>();
    add(counts, stable.service(), figures.get("stable"), figures.get("stableFailed"));
    add(counts, canary.service(), figures.get("canary"), figures.get("canaryFailed"));
    add(counts, BALANCER, figures.get("balancer"), figures.get("balancer"));
    List<Samples.Health> health = new ArrayList<>();
    addHealth(health, stable.service(), figures.get("stableHealthy"));
    addHealth(health, canary.service(), figures.get("canaryHealthy"));
    return new Measured(
        period,
        counts.entrySet().stream()
            .map(minute -> new Samples.Requests(minute.getKey(), minute.getValue()))
            .toList(),
        health);
  }

  static int period(Instant from, Instant to) {
    long seconds = Duration.between(from, to).toSeconds();
    for (int period : PERIODS) {
      if (seconds / period <= MAX_POINTS) {
        return period;
      }
    }
    return PERIODS[PERIODS.length - 1];
  }

  private static void add(
      Map<Instant, Map<String, Samples.Count>> counts,
      String version,
      Map<Instant, Double> requests,
      Map<Instant, Double> failed) {
    TreeSet<Instant> times = new TreeSet<>(requests.keySet());
    times.addAll(failed.keySet());
    for (Instant at : times) {
      counts
          .computeIfAbsent(at, unused -> new HashMap<>())
          .put(version, new Samples.Count(figure(requests, at), figure(failed, at)));
    }
  }

  private static long figure(Map<Instant, Double> figures, Instant at) {
    return Math.round(figures.getOrDefault(at, 0.0));
  }

  private static void addHealth(
      List<Samples.Health> health, String version, Map<Instant, Double> healthy) {
    new TreeMap<>(healthy)
        .forEach(
            (at, targets) ->
                health.add(new Samples.Health(at, version, (int) Math.round(targets))));
  }
}
