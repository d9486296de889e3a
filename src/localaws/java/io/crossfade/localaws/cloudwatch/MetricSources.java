package io.crossfade.localaws.cloudwatch;

import io.crossfade.localaws.ScaledClock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.Metric;

/** All figures, wherever they come from. */
final class MetricSources {
  private final ScaledClock clock;
  private final List<MetricSource> sources;

  MetricSources(ScaledClock clock, List<MetricSource> sources) {
    this.clock = clock;
    this.sources = List.copyOf(sources);
  }

  /** Refuses by name an alarm on a metric that is not measured here: it would never fire. */
  void requireMeasured(Metric metric) {
    if (sources.stream().noneMatch(s -> s.measures(metric.namespace(), metric.metricName()))) {
      throw new UnsupportedOperationException(
          "not emulated: metric %s %s".formatted(metric.namespace(), metric.metricName()));
    }
  }

  /** Every metric that has data, by namespace, name and dimensions. */
  List<Metric> all() {
    return sources.stream()
        .flatMap(source -> source.metrics().stream())
        .sorted(
            Comparator.comparing(Metric::namespace)
                .thenComparing(Metric::metricName)
                .thenComparing(metric -> metric.dimensions().toString()))
        .toList();
  }

  /** Until when the data of a metric can be read at that moment. */
  Instant shownUntil(Metric metric, Instant now) {
    return sources.stream()
        .filter(source -> source.measures(metric.namespace(), metric.metricName()))
        .map(source -> source.shownUntil(now))
        .min(Comparator.naturalOrder())
        .orElse(now);
  }

  OptionalDouble figure(Metric metric, String statistic, Instant from, Instant to) {
    return Statistics.of(data(metric, from, to), statistic);
  }

  /** What can be read by now of the data in [from, to). */
  List<MetricDatapoint> data(Metric metric, Instant from, Instant to) {
    Instant shown = shownUntil(metric, clock.now());
    Instant end = shown.isBefore(to) ? shown : to;
    Map<String, String> dimensions = CustomMetrics.dimensions(metric.dimensions());
    return sources.stream()
        .filter(source -> source.measures(metric.namespace(), metric.metricName()))
        .flatMap(source -> data(source, metric, dimensions, from, end))
        .toList();
  }

  private static Stream<MetricDatapoint> data(
      MetricSource source,
      Metric metric,
      Map<String, String> dimensions,
      Instant from,
      Instant to) {
    return source.data(metric.namespace(), metric.metricName(), dimensions, from, to).stream();
  }
}
