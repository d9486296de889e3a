package io.crossfade.traffic;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.AwsCalls;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.Side;
import io.crossfade.release.TransientFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

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
            List.of(
                query("stable", "RequestCount", rule, target.stable()),
                query("canary", "RequestCount", rule, target.canary())),
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
            List.of(
                query("stable", "RequestCount", rule, target.stable()),
                query("stableErrors", "HTTPCode_Target_5XX_Count", rule, target.stable()),
                query("canary", "RequestCount", rule, target.canary()),
                query("canaryErrors", "HTTPCode_Target_5XX_Count", rule, target.canary())),
            from.truncatedTo(ChronoUnit.MINUTES),
            to);
    return new RequestTotals(
        new RequestTotals.Count(total(sums.get("stable")), total(sums.get("stableErrors"))),
        new RequestTotals.Count(total(sums.get("canary")), total(sums.get("canaryErrors"))));
  }

  private static long total(Map<Instant, Double> sums) {
    return Math.round(sums.values().stream().mapToDouble(Double::doubleValue).sum());
  }

  private Map<String, Map<Instant, Double>> sums(
      List<MetricDataQuery> queries, Instant first, Instant end) {
    Map<String, Map<Instant, Double>> sums = new HashMap<>();
    queries.forEach(query -> sums.put(query.id(), new HashMap<>()));
    AwsCalls.run(
        () -> {
          cloudWatch
              .getMetricDataPaginator(
                  r -> r.startTime(first).endTime(end).metricDataQueries(queries))
              .forEach(page -> page.metricDataResults().forEach(result -> add(result, sums)));
          return null;
        });
    return sums;
  }

  private static void add(MetricDataResult result, Map<String, Map<Instant, Double>> sums) {
    if (result.statusCode() == StatusCode.INTERNAL_ERROR
        || result.statusCode() == StatusCode.FORBIDDEN) {
      throw new TransientFailure("CloudWatch could not count requests: " + result.statusCode());
    }
    for (int i = 0; i < result.timestamps().size(); i++) {
      sums.get(result.id()).put(result.timestamps().get(i), result.values().get(i));
    }
  }

  private static MetricDataQuery query(String id, String metric, ListenerRule rule, Side side) {
    List<Dimension> dimensions =
        List.of(
            dimension("LoadBalancer", rule.loadBalancerDimension()),
            dimension("TargetGroup", side.dimension()));
    return MetricDataQuery.builder()
        .id(id)
        .metricStat(
            stat ->
                stat.metric(
                        m ->
                            m.namespace("AWS/ApplicationELB")
                                .metricName(metric)
                                .dimensions(dimensions))
                    .period(60)
                    .stat("Sum"))
        .build();
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }
}
