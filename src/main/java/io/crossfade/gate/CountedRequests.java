package io.crossfade.gate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Requests and answers, as sums of the minutes that CloudWatch has shown.
 *
 * @param sums by the beginning of the minute; one without a datapoint is absent
 */
public record CountedRequests(Map<Metric, Map<Instant, Double>> sums) {
  /**
   * A metric of AWS/ApplicationELB. RequestCount is of requests for which a target was chosen. What
   * the load balancer answers itself is counted for the whole of it only (Elastic Load Balancing
   * user guide, "CloudWatch metrics for your Application Load Balancer").
   */
  public enum Metric {
    STABLE_REQUESTS("RequestCount"),
    STABLE_2XX("HTTPCode_Target_2XX_Count"),
    STABLE_3XX("HTTPCode_Target_3XX_Count"),
    STABLE_4XX("HTTPCode_Target_4XX_Count"),
    STABLE_5XX("HTTPCode_Target_5XX_Count"),
    CANARY_REQUESTS("RequestCount"),
    CANARY_2XX("HTTPCode_Target_2XX_Count"),
    CANARY_3XX("HTTPCode_Target_3XX_Count"),
    CANARY_4XX("HTTPCode_Target_4XX_Count"),
    CANARY_5XX("HTTPCode_Target_5XX_Count"),
    BALANCER_502("HTTPCode_ELB_502_Count"),
    BALANCER_504("HTTPCode_ELB_504_Count");

    /** What targets of either group answered. */
    static final Metric[] OF_STABLE = {STABLE_2XX, STABLE_3XX, STABLE_4XX, STABLE_5XX};

    static final Metric[] OF_CANARY = {CANARY_2XX, CANARY_3XX, CANARY_4XX, CANARY_5XX};

    private final String metricName;

    Metric(String metricName) {
      this.metricName = metricName;
    }

    public String metricName() {
      return metricName;
    }
  }

  public CountedRequests {
    Map<Metric, Map<Instant, Double>> all = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      all.put(metric, new HashMap<>(sums.getOrDefault(metric, Map.of())));
    }
    sums = all;
  }

  /** The whole minutes that lie between the two instants, oldest first. */
  public List<RequestMinute> minutes(Instant from, Instant to) {
    Instant whole = from.truncatedTo(ChronoUnit.MINUTES);
    Instant first = whole.equals(from) ? whole : whole.plus(Duration.ofMinutes(1));
    Instant end = to.truncatedTo(ChronoUnit.MINUTES);
    return Stream.iterate(first, m -> m.isBefore(end), m -> m.plus(Duration.ofMinutes(1)))
        .map(
            m -> new RequestMinute(m, at(Metric.STABLE_REQUESTS, m), at(Metric.CANARY_REQUESTS, m)))
        .toList();
  }

  /** What both groups answered since the minute of that instant. */
  public RequestTotals totals(Instant from) {
    return new RequestTotals(
        new RequestTotals.Count(
            total(from, Metric.STABLE_REQUESTS), total(from, Metric.STABLE_5XX)),
        new RequestTotals.Count(
            total(from, Metric.CANARY_REQUESTS), total(from, Metric.CANARY_5XX)));
  }

  /** The sum since the minute of that instant. */
  long total(Instant from, Metric... metrics) {
    Instant first = from.truncatedTo(ChronoUnit.MINUTES);
    return Math.round(
        Stream.of(metrics)
            .flatMap(metric -> sums.get(metric).entrySet().stream())
            .filter(minute -> !minute.getKey().isBefore(first))
            .mapToDouble(Map.Entry::getValue)
            .sum());
  }

  /** The sum of one minute, in which a metric without a datapoint has counted nothing. */
  long at(Instant minute, Metric... metrics) {
    return Math.round(
        Stream.of(metrics).mapToDouble(metric -> sums.get(metric).getOrDefault(minute, 0.0)).sum());
  }

  /** The last minute in which the canary was sent requests. */
  Optional<Instant> newestOfCanary() {
    return sums.get(Metric.CANARY_REQUESTS).keySet().stream().max(Comparator.naturalOrder());
  }

  private Double at(Metric metric, Instant minute) {
    return sums.get(metric).get(minute);
  }
}
