package io.crossfade.localaws.elb;

import io.crossfade.localaws.cloudwatch.MetricDatapoint;
import io.crossfade.localaws.cloudwatch.MetricSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.model.Metric;

/** AWS/ApplicationELB: the counters under the names and dimensions that CloudWatch has for them. */
final class ElbMetrics implements MetricSource {
  private static final String NAMESPACE = "AWS/ApplicationELB";
  private static final Set<String> BALANCER_ONLY =
      Set.of(
          MetricCounters.ELB_5XX,
          "HTTPCode_ELB_502_Count",
          "HTTPCode_ELB_503_Count",
          "HTTPCode_ELB_504_Count");

  /**
   * How long after the end of its minute a metric shows. AWS sends metrics "in 60-second
   * intervals"; one is to be seen one to two minutes after what it counts.
   */
  static final Duration SHOWN_AFTER = Duration.ofSeconds(60);

  private final Listeners listeners;
  private final TargetGroups groups;

  ElbMetrics(Listeners listeners, TargetGroups groups) {
    this.listeners = listeners;
    this.groups = groups;
  }

  @Override
  public boolean measures(String namespace, String metric) {
    return NAMESPACE.equals(namespace) && MetricCounters.METRICS.contains(metric);
  }

  @Override
  public Instant shownUntil(Instant now) {
    return now.minus(SHOWN_AFTER).truncatedTo(ChronoUnit.MINUTES);
  }

  @Override
  public List<Metric> metrics() {
    List<Metric> all = new ArrayList<>();
    for (LoadBalancerState each : listeners.loadBalancers()) {
      add(all, each.counters(), Map.of("LoadBalancer", each.path()));
    }
    for (TargetGroupState group : groups.all()) {
      if (group.inUse()) {
        String path = listeners.loadBalancer(group.loadBalancerArn()).path();
        String name = group.arn().substring(group.arn().lastIndexOf(':') + 1);
        add(all, group.counters(), Map.of("LoadBalancer", path, "TargetGroup", name));
      }
    }
    return all;
  }

  private void add(List<Metric> all, MetricCounters counters, Map<String, String> dimensions) {
    counters.counted().stream()
        .filter(metric -> counters(metric, dimensions).isPresent())
        .forEach(metric -> all.add(MetricSource.metric(NAMESPACE, metric, dimensions)));
  }

  @Override
  public List<MetricDatapoint> data(
      String namespace, String metric, Map<String, String> dimensions, Instant from, Instant to) {
    if (!measures(namespace, metric)) {
      return List.of();
    }
    return counters(metric, dimensions)
        .map(counters -> counters.between(metric, from, to))
        .orElse(List.of());
  }

  /** Dimensions that CloudWatch does not know have no data; they are no error there either. */
  private Optional<MetricCounters> counters(String metric, Map<String, String> dimensions) {
    String loadBalancer = dimensions.get("LoadBalancer");
    if (dimensions.keySet().equals(Set.of("LoadBalancer"))) {
      return loadBalancer(loadBalancer).map(LoadBalancerState::counters);
    }
    boolean perGroup = dimensions.keySet().equals(Set.of("LoadBalancer", "TargetGroup"));
    if (!perGroup || BALANCER_ONLY.contains(metric) || loadBalancer(loadBalancer).isEmpty()) {
      return Optional.empty();
    }
    String suffix = ":" + dimensions.get("TargetGroup");
    return groups.all().stream()
        .filter(group -> group.arn().endsWith(suffix))
        .findFirst()
        .map(TargetGroupState::counters);
  }

  private Optional<LoadBalancerState> loadBalancer(String path) {
    return listeners.loadBalancers().stream()
        .filter(known -> known.path().equals(path))
        .findFirst();
  }
}
