package io.crossfade.gate;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.LoadBalancerMetrics;
import io.crossfade.gate.CountedRequests.Metric;
import io.crossfade.release.Arn;
import io.crossfade.release.DeploymentTarget;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/** The metrics of AWS/ApplicationELB by GetMetricData, as sums of a minute. */
@Adapter
public class CloudWatchRequestCounts implements RequestCounts {
  private final CloudWatchClient cloudWatch;

  public CloudWatchRequestCounts(CloudWatchClient cloudWatch) {
    this.cloudWatch = cloudWatch;
  }

  @Override
  public CountedRequests between(
      String ruleArn, DeploymentTarget target, Instant from, Instant to) {
    List<LoadBalancerMetrics.Query> queries =
        Stream.of(Metric.values()).map(metric -> query(target, metric)).toList();
    Map<String, Map<Instant, Double>> found =
        LoadBalancerMetrics.sums(
            cloudWatch,
            Arn.loadBalancer(ruleArn),
            queries,
            from.truncatedTo(ChronoUnit.MINUTES),
            to);
    return new CountedRequests(
        Stream.of(Metric.values()).collect(Collectors.toMap(m -> m, m -> found.get(id(m)))));
  }

  private static LoadBalancerMetrics.Query query(DeploymentTarget target, Metric metric) {
    String group =
        switch (metric) {
          case STABLE_REQUESTS, STABLE_2XX, STABLE_3XX, STABLE_4XX, STABLE_5XX ->
              target.stable().dimension();
          case CANARY_REQUESTS, CANARY_2XX, CANARY_3XX, CANARY_4XX, CANARY_5XX ->
              target.canary().dimension();
          case BALANCER_502, BALANCER_504 -> null;
        };
    return new LoadBalancerMetrics.Query(id(metric), metric.metricName(), group);
  }

  /** An id begins with a lower-case letter. */
  private static String id(Metric metric) {
    return metric.name().toLowerCase(Locale.ROOT);
  }
}
