package io.crossfade.localaws.cloudwatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;

/** The metric of an alarm, or an expression over several metrics. */
final class AlarmMetrics {
  private final MetricSources metrics;
  private final Map<String, MetricStat> stats;
  private final MetricMath expression;
  private final Duration period;

  private AlarmMetrics(
      MetricSources metrics, Map<String, MetricStat> stats, MetricMath expression, int period) {
    this.metrics = metrics;
    this.stats = stats;
    this.expression = expression;
    this.period = Duration.ofSeconds(period);
    stats.values().forEach(stat -> metrics.requireMeasured(stat.metric()));
    stats.values().forEach(stat -> Statistics.check(stat.stat()));
    if (!stats.keySet().containsAll(expression.ids())) {
      throw CloudWatchErrors.validation(
          "The expression reads %s, of which not all are metrics".formatted(expression.ids()));
    }
  }

  static AlarmMetrics of(MetricAlarm alarm, MetricSources metrics) {
    return alarm.metrics().isEmpty() ? single(alarm, metrics) : several(alarm.metrics(), metrics);
  }

  private static AlarmMetrics single(MetricAlarm alarm, MetricSources metrics) {
    if (alarm.metricName() == null || alarm.namespace() == null || alarm.period() == null) {
      throw CloudWatchErrors.validation("MetricName, Namespace and Period are required");
    }
    Metric metric =
        Metric.builder()
            .namespace(alarm.namespace())
            .metricName(alarm.metricName())
            .dimensions(alarm.dimensions())
            .build();
    String statistic =
        alarm.statistic() == null ? alarm.extendedStatistic() : alarm.statisticAsString();
    if (statistic == null) {
      throw CloudWatchErrors.validation("Statistic or ExtendedStatistic is required");
    }
    MetricStat stat =
        MetricStat.builder().metric(metric).period(alarm.period()).stat(statistic).build();
    return new AlarmMetrics(metrics, Map.of("m", stat), MetricMath.parse("m"), alarm.period());
  }

  private static AlarmMetrics several(List<MetricDataQuery> queries, MetricSources metrics) {
    List<MetricDataQuery> returned =
        queries.stream().filter(q -> !Boolean.FALSE.equals(q.returnData())).toList();
    if (returned.size() != 1) {
      throw CloudWatchErrors.validation(
          "Exactly one element of the metrics list should return data");
    }
    Map<String, MetricStat> stats =
        queries.stream()
            .filter(query -> query.metricStat() != null)
            .collect(Collectors.toMap(MetricDataQuery::id, MetricDataQuery::metricStat));
    List<Integer> periods = stats.values().stream().map(MetricStat::period).distinct().toList();
    if (periods.size() != 1) {
      throw new UnsupportedOperationException("not emulated: metric math over periods " + periods);
    }
    MetricDataQuery result = returned.get(0);
    String text = result.expression() == null ? result.id() : result.expression();
    return new AlarmMetrics(metrics, stats, MetricMath.parse(text), periods.get(0));
  }

  /** The figures of the last periods that are over and can be read, newest first. */
  List<OptionalDouble> last(int count, Instant now) {
    Instant shown =
        stats.values().stream()
            .map(stat -> metrics.shownUntil(stat.metric(), now))
            .min(Comparator.naturalOrder())
            .orElse(now);
    long whole = Math.floorDiv(shown.getEpochSecond(), period.toSeconds());
    Instant end = Instant.ofEpochSecond(whole * period.toSeconds());
    return IntStream.range(0, count)
        .mapToObj(i -> figure(end.minus(period.multipliedBy(i))))
        .toList();
  }

  private OptionalDouble figure(Instant end) {
    Map<String, OptionalDouble> figures = new HashMap<>();
    stats.forEach(
        (id, stat) ->
            figures.put(id, metrics.figure(stat.metric(), stat.stat(), end.minus(period), end)));
    return expression.value(figures);
  }
}
