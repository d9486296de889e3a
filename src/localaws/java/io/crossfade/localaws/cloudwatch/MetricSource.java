package io.crossfade.localaws.cloudwatch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;

/** Figures that a local service measures of itself. */
public interface MetricSource {
  /** Whether this source can ever have data for the metric, whatever its dimensions' values. */
  boolean measures(String namespace, String metric);

  /** Until when its data can be read at that moment. Data of AWS's own services come late. */
  default Instant shownUntil(Instant now) {
    return now;
  }

  /** Those that have data. */
  List<Metric> metrics();

  /**
   * @param dimensions in any order; the metric has them by name
   */
  static Metric metric(String namespace, String name, Map<String, String> dimensions) {
    return Metric.builder()
        .namespace(namespace)
        .metricName(name)
        .dimensions(
            new TreeMap<>(dimensions)
                .entrySet().stream()
                    .map(d -> Dimension.builder().name(d.getKey()).value(d.getValue()).build())
                    .toList())
        .build();
  }

  /** The data in [from, to); empty when there are none, as of a counter that counted nothing. */
  List<MetricDatapoint> data(
      String namespace, String metric, Map<String, String> dimensions, Instant from, Instant to);
}
