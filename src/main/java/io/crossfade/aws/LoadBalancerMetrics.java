package io.crossfade.aws;

import io.crossfade.release.TransientFailure;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** Figures of metrics of AWS/ApplicationELB, several in one question. */
public final class LoadBalancerMetrics {
  /**
   * @param id what the answer calls it
   * @param targetGroup its {@code TargetGroup} dimension; null for the whole load balancer
   * @param statistic such as {@code Sum} or {@code Minimum}
   */
  public record Query(String id, String metric, String targetGroup, String statistic) {
    public Query(String id, String metric, String targetGroup) {
      this(id, metric, targetGroup, "Sum");
    }
  }

  private static final int MINUTE = 60;

  private LoadBalancerMetrics() {}

  /**
   * By id and by the beginning of the minute. A minute without a datapoint is absent.
   *
   * @param loadBalancer its {@code LoadBalancer} dimension
   * @throws TransientFailure if CloudWatch cannot tell at the moment
   */
  public static Map<String, Map<Instant, Double>> sums(
      CloudWatchClient cloudWatch,
      String loadBalancer,
      List<Query> queries,
      Instant first,
      Instant end) {
    return figures(cloudWatch, loadBalancer, queries, MINUTE, first, end);
  }

  /**
   * By id and by the beginning of the period. A period without a datapoint is absent.
   *
   * @param period in seconds, a multiple of 60
   */
  public static Map<String, Map<Instant, Double>> figures(
      CloudWatchClient cloudWatch,
      String loadBalancer,
      List<Query> queries,
      int period,
      Instant first,
      Instant end) {
    Map<String, Map<Instant, Double>> sums = new HashMap<>();
    queries.forEach(query -> sums.put(query.id(), new HashMap<>()));
    List<MetricDataQuery> asked =
        queries.stream().map(q -> query(loadBalancer, q, period)).toList();
    AwsCalls.run(
        () -> {
          cloudWatch
              .getMetricDataPaginator(r -> r.startTime(first).endTime(end).metricDataQueries(asked))
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

  private static MetricDataQuery query(String loadBalancer, Query query, int period) {
    Stream<Dimension> group =
        Stream.ofNullable(query.targetGroup()).map(name -> dimension("TargetGroup", name));
    List<Dimension> dimensions =
        Stream.concat(Stream.of(dimension("LoadBalancer", loadBalancer)), group).toList();
    return MetricDataQuery.builder()
        .id(query.id())
        .metricStat(
            stat ->
                stat.metric(
                        m ->
                            m.namespace("AWS/ApplicationELB")
                                .metricName(query.metric())
                                .dimensions(dimensions))
                    .period(period)
                    .stat(query.statistic()))
        .build();
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }
}
