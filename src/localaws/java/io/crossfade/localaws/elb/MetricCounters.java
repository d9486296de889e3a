package io.crossfade.localaws.elb;

import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.cloudwatch.MetricDatapoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The counters of one target group or of one load balancer, by the names CloudWatch gives them. */
final class MetricCounters {
  static final String REQUESTS = "RequestCount";
  static final String RESPONSE_TIME = "TargetResponseTime";
  static final String ELB_5XX = "HTTPCode_ELB_5XX_Count";
  static final String CONNECTION_ERRORS = "TargetConnectionErrorCount";
  static final String HEALTHY = "HealthyHostCount";
  static final String UNHEALTHY = "UnHealthyHostCount";
  static final Set<String> METRICS =
      Set.of(
          REQUESTS,
          RESPONSE_TIME,
          ELB_5XX,
          "HTTPCode_ELB_502_Count",
          "HTTPCode_ELB_503_Count",
          "HTTPCode_ELB_504_Count",
          CONNECTION_ERRORS,
          HEALTHY,
          UNHEALTHY,
          targetCode(2),
          targetCode(3),
          targetCode(4),
          targetCode(5));

  private final ScaledClock clock;
  private final Map<String, MetricSeries> series = new ConcurrentHashMap<>();

  MetricCounters(ScaledClock clock) {
    this.clock = clock;
  }

  static String targetCode(int hundreds) {
    return "HTTPCode_Target_" + hundreds + "XX_Count";
  }

  void count(String metric) {
    measure(metric, 1);
  }

  void measure(String metric, double value) {
    measure(metric, value, clock.now());
  }

  void measure(String metric, double value, Instant at) {
    series
        .computeIfAbsent(metric, name -> new MetricSeries(name.equals(RESPONSE_TIME)))
        .add(at, value);
  }

  /** An answer of a target. The request was counted when the target was chosen. */
  void answered(int status, double seconds) {
    count(targetCode(status / 100));
    measure(RESPONSE_TIME, seconds);
  }

  /** An answer that the load balancer gave in the target's place. */
  void answeredByBalancer(int status) {
    count(ELB_5XX);
    count("HTTPCode_ELB_" + status + "_Count");
  }

  /** The names of the metrics that were counted at all. */
  Set<String> counted() {
    return Set.copyOf(series.keySet());
  }

  long total(String metric) {
    MetricSeries found = series.get(metric);
    return found == null ? 0 : (long) found.total();
  }

  List<MetricDatapoint> between(String metric, Instant from, Instant to) {
    MetricSeries found = series.get(metric);
    return found == null ? List.of() : found.between(from, to);
  }
}
