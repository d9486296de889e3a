package io.crossfade.localaws.cloudwatch;

import io.crossfade.localaws.ScaledClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StatisticSet;

/** The metrics of PutMetricData. */
final class CustomMetrics implements MetricSource {
  private record Key(String namespace, String metric, Map<String, String> dimensions) {}

  private final ScaledClock clock;
  private final Map<Key, List<MetricDatapoint>> data = new ConcurrentHashMap<>();

  CustomMetrics(ScaledClock clock) {
    this.clock = clock;
  }

  void put(String namespace, List<MetricDatum> given) {
    for (MetricDatum datum : given) {
      Key key = new Key(namespace, datum.metricName(), dimensions(datum.dimensions()));
      data.computeIfAbsent(key, unused -> new CopyOnWriteArrayList<>()).addAll(read(datum));
    }
  }

  static Map<String, String> dimensions(List<Dimension> dimensions) {
    return dimensions.stream().collect(Collectors.toMap(Dimension::name, Dimension::value));
  }

  private List<MetricDatapoint> read(MetricDatum datum) {
    Instant at = datum.timestamp() == null ? clock.now() : datum.timestamp();
    if (datum.statisticValues() != null) {
      StatisticSet set = datum.statisticValues();
      return List.of(
          new MetricDatapoint(
              at, set.sum(), set.minimum(), set.maximum(), set.sampleCount(), List.of()));
    }
    if (datum.value() != null) {
      return List.of(MetricDatapoint.of(at, datum.value()));
    }
    return IntStream.range(0, datum.values().size())
        .mapToObj(
            i -> repeated(at, datum.values().get(i), datum.hasCounts() ? datum.counts().get(i) : 1))
        .toList();
  }

  private static MetricDatapoint repeated(Instant at, double value, double count) {
    return new MetricDatapoint(at, value * count, value, value, count, List.of(value));
  }

  /** Every namespace except AWS's own may get data later. */
  @Override
  public boolean measures(String namespace, String metric) {
    return !namespace.startsWith("AWS/");
  }

  @Override
  public List<Metric> metrics() {
    return data.keySet().stream()
        .map(key -> MetricSource.metric(key.namespace(), key.metric(), key.dimensions()))
        .toList();
  }

  @Override
  public List<MetricDatapoint> data(
      String namespace, String metric, Map<String, String> dimensions, Instant from, Instant to) {
    return data.getOrDefault(new Key(namespace, metric, dimensions), List.of()).stream()
        .filter(datum -> !datum.at().isBefore(from) && datum.at().isBefore(to))
        .toList();
  }
}
