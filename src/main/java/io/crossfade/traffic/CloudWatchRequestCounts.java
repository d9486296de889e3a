package io.crossfade.traffic;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.LoadBalancerMetrics;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.Side;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/**
 * The metrics RequestCount and HTTPCode_Target_5XX_Count of AWS/ApplicationELB, sums per minute and
 * target group.
 */
@Adapter
public class CloudWatchRequestCounts implements RequestCounts {
  private final CloudWatchClient cloudWatch;

  public CloudWatchRequestCounts(CloudWatchClient cloudWatch) {
    this.cloudWatch = cloudWatch;
  }

  @Override
  public List<RequestMinute> between(
      ListenerRule rule, DeploymentTarget target, Instant from, Instant to) {
    Instant first = from.truncatedTo(ChronoUnit.MINUTES);
    first = first.equals(from) ? first : first.plus(1, ChronoUnit.MINUTES);
    Instant end = to.truncatedTo(ChronoUnit.MINUTES);
    if (!first.isBefore(end)) {
      return List.of();
    }
    Map<String, Map<Instant, Double>> sums =
        sums(
            rule,
            List.of(
                query("stable", "RequestCount", target.stable()),
                query("canary", "RequestCount", target.canary())),
            first,
            end);
    List<RequestMinute> minutes = new ArrayList<>();
    for (Instant m = first; m.isBefore(end); m = m.plus(Duration.ofMinutes(1))) {
      minutes.add(new RequestMinute(m, sums.get("stable").get(m), sums.get("canary").get(m)));
    }
    return List.copyOf(minutes);
  }

  @Override
  public RequestTotals since(ListenerRule rule, DeploymentTarget target, Instant from, Instant to) {
    Map<String, Map<Instant, Double>> sums =
        sums(
            rule,
            List.of(
                query("stable", "RequestCount", target.stable()),
                query("stableErrors", "HTTPCode_Target_5XX_Count", target.stable()),
                query("canary", "RequestCount", target.canary()),
                query("canaryErrors", "HTTPCode_Target_5XX_Count", target.canary())),
            from.truncatedTo(ChronoUnit.MINUTES),
            to);
    return new RequestTotals(
        new RequestTotals.Count(
            LoadBalancerMetrics.total(sums.get("stable")),
            LoadBalancerMetrics.total(sums.get("stableErrors"))),
        new RequestTotals.Count(
            LoadBalancerMetrics.total(sums.get("canary")),
            LoadBalancerMetrics.total(sums.get("canaryErrors"))));
  }

  private Map<String, Map<Instant, Double>> sums(
      ListenerRule rule, List<LoadBalancerMetrics.Query> queries, Instant first, Instant end) {
    return LoadBalancerMetrics.sums(cloudWatch, rule.loadBalancerDimension(), queries, first, end);
  }

  private static LoadBalancerMetrics.Query query(String id, String metric, Side side) {
    return new LoadBalancerMetrics.Query(id, metric, side.dimension());
  }
}
