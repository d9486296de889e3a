package io.crossfade.gate;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.AwsCalls;
import io.crossfade.gate.CountedRequests.Metric;
import io.crossfade.release.Arn;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.TransientFailure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

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
    List<MetricDataQuery> queries =
        Stream.of(Metric.values()).map(metric -> query(ruleArn, target, metric)).toList();
    Map<Metric, Map<Instant, Double>> sums = new EnumMap<>(Metric.class);
    AwsCalls.run(
        () -> {
          cloudWatch
              .getMetricDataPaginator(
                  r ->
                      r.startTime(from.truncatedTo(ChronoUnit.MINUTES))
                          .endTime(to)
                          .metricDataQueries(queries))
              .forEach(page -> page.metricDataResults().forEach(result -> add(result, sums)));
          return null;
        });
    return new CountedRequests(sums);
  }

  private static void add(MetricDataResult result, Map<Metric, Map<Instant, Double>> sums) {
    if (result.statusCode() == StatusCode.INTERNAL_ERROR
        || result.statusCode() == StatusCode.FORBIDDEN) {
      throw new TransientFailure("CloudWatch could not count requests: " + result.statusCode());
    }
    Metric metric = Metric.valueOf(result.id().toUpperCase(Locale.ROOT));
    Map<Instant, Double> minutes = sums.computeIfAbsent(metric, key -> new HashMap<>());
    for (int i = 0; i < result.timestamps().size(); i++) {
      minutes.put(result.timestamps().get(i), result.values().get(i));
    }
  }

  /** An id begins with a lower-case letter. */
  private static MetricDataQuery query(String ruleArn, DeploymentTarget target, Metric metric) {
    Stream<Dimension> group =
        switch (metric) {
          case STABLE_REQUESTS, STABLE_2XX, STABLE_3XX, STABLE_4XX, STABLE_5XX ->
              Stream.of(dimension("TargetGroup", target.stable().dimension()));
          case CANARY_REQUESTS, CANARY_2XX, CANARY_3XX, CANARY_4XX, CANARY_5XX ->
              Stream.of(dimension("TargetGroup", target.canary().dimension()));
          case BALANCER_502, BALANCER_504 -> Stream.empty();
        };
    List<Dimension> dimensions =
        Stream.concat(Stream.of(dimension("LoadBalancer", Arn.loadBalancer(ruleArn))), group)
            .toList();
    return MetricDataQuery.builder()
        .id(metric.name().toLowerCase(Locale.ROOT))
        .metricStat(
            stat ->
                stat.metric(
                        m ->
                            m.namespace("AWS/ApplicationELB")
                                .metricName(metric.metricName())
                                .dimensions(dimensions))
                    .period(60)
                    .stat("Sum"))
        .build();
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }
}
