package io.crossfade.localaws.cloudwatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** GetMetricData: figures in periods that begin at full periods. */
record MetricDataQueries(MetricSources metrics) {

  MetricDataResult data(MetricDataQuery query, GetMetricDataRequest request) {
    if (query.metricStat() == null) {
      throw new UnsupportedOperationException(
          "not emulated: GetMetricData with the expression " + query.expression());
    }
    MetricStat stat = query.metricStat();
    metrics.requireMeasured(stat.metric());
    Duration period = Duration.ofSeconds(stat.period());
    List<Instant> starts =
        new ArrayList<>(starts(request.startTime(), request.endTime(), period).toList());
    if (request.scanBy() != ScanBy.TIMESTAMP_ASCENDING) {
      java.util.Collections.reverse(starts);
    }
    List<Instant> timestamps = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (Instant start : starts) {
      metrics
          .figure(stat.metric(), stat.stat(), start, start.plus(period))
          .ifPresent(
              value -> {
                timestamps.add(start);
                values.add(value);
              });
    }
    return MetricDataResult.builder()
        .id(query.id())
        .label(query.label() == null ? stat.metric().metricName() : query.label())
        .timestamps(timestamps)
        .values(values)
        .statusCode(StatusCode.COMPLETE)
        .build();
  }

  private static Stream<Instant> starts(Instant from, Instant to, Duration period) {
    if (!from.isBefore(to)) {
      throw CloudWatchErrors.validation("StartTime must be before EndTime");
    }
    long seconds = period.toSeconds();
    long first = Math.floorDiv(from.getEpochSecond(), seconds);
    long end = Math.floorDiv(to.getEpochSecond() - 1, seconds) + 1;
    return LongStream.range(first, Math.max(end, first + 1))
        .mapToObj(i -> Instant.ofEpochSecond(i * seconds));
  }
}
