package io.crossfade.traffic;

import io.crossfade.aws.Calls;
import io.crossfade.release.Side;
import io.crossfade.release.Target;
import io.crossfade.release.TransientFailure;
import jakarta.enterprise.context.ApplicationScoped;
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
@ApplicationScoped
public class CloudWatchRequestCounts implements RequestCounts {
  private final CloudWatchClient cloudWatch;

  public CloudWatchRequestCounts(CloudWatchClient cloudWatch) {
    this.cloudWatch = cloudWatch;
  }

  @Override
  public List<Minute> between(Rule rule, Target target, Instant from, Instant to) {
    Instant first = from.truncatedTo(ChronoUnit.MINUTES);
    first = first.equals(from) ? first : first.plus(1, ChronoUnit.MINUTES);
    Instant end = to.truncatedTo(ChronoUnit.MINUTES);
    if (!first.isBefore(end)) {
      return List.of();
    }
    Map<String, Map<Instant, Double>> sums =
        sums(
            List.of(
                query("old", "RequestCount", rule, target.live()),
                query("fresh", "RequestCount", rule, target.idle())),
            first,
            end);
    List<Minute> minutes = new ArrayList<>();
    for (Instant m = first; m.isBefore(end); m = m.plus(Duration.ofMinutes(1))) {
      minutes.add(new Minute(m, sums.get("old").get(m), sums.get("fresh").get(m)));
    }
    return List.copyOf(minutes);
  }

  @Override
  public Totals since(Rule rule, Target target, Instant from, Instant to) {
    Map<String, Map<Instant, Double>> sums =
        sums(
            List.of(
                query("old", "RequestCount", rule, target.live()),
                query("oldErrors", "HTTPCode_Target_5XX_Count", rule, target.live()),
                query("fresh", "RequestCount", rule, target.idle()),
                query("freshErrors", "HTTPCode_Target_5XX_Count", rule, target.idle())),
            from.truncatedTo(ChronoUnit.MINUTES),
            to);
    return new Totals(
        new Totals.Count(total(sums.get("old")), total(sums.get("oldErrors"))),
        new Totals.Count(total(sums.get("fresh")), total(sums.get("freshErrors"))));
  }

  private static long total(Map<Instant, Double> sums) {
    return Math.round(sums.values().stream().mapToDouble(Double::doubleValue).sum());
  }

  private Map<String, Map<Instant, Double>> sums(
      List<MetricDataQuery> queries, Instant first, Instant end) {
    Map<String, Map<Instant, Double>> sums = new HashMap<>();
    queries.forEach(query -> sums.put(query.id(), new HashMap<>()));
    Calls.run(
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

  private static MetricDataQuery query(String id, String metric, Rule rule, Side side) {
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
