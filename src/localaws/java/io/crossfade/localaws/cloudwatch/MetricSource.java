package io.crossfade.localaws.cloudwatch;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Figures that a local service measures of itself. */
public interface MetricSource {
  /** Whether this source can ever have data for the metric, whatever its dimensions' values. */
  boolean measures(String namespace, String metric);

  /** The data in [from, to); empty when there are none, as of a counter that counted nothing. */
  List<MetricDatapoint> data(
      String namespace, String metric, Map<String, String> dimensions, Instant from, Instant to);
}
