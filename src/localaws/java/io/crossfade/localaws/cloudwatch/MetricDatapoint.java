package io.crossfade.localaws.cloudwatch;

import java.time.Instant;
import java.util.List;

/**
 * What was measured in one short span of world time.
 *
 * @param values the single values, if they are kept; percentiles need them
 */
public record MetricDatapoint(
    Instant at, double sum, double min, double max, double count, List<Double> values) {
  public MetricDatapoint {
    values = List.copyOf(values);
  }

  public static MetricDatapoint of(Instant at, double value) {
    return new MetricDatapoint(at, value, value, value, 1, List.of(value));
  }
}
