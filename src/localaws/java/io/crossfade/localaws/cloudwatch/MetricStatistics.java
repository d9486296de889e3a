package io.crossfade.localaws.cloudwatch;

import io.crossfade.localaws.sdk.SdkMembers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Metric;

/** GetMetricStatistics: the figures of one metric, oldest first. */
record MetricStatistics(MetricSources metrics) {
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html
  private static final int MAX_DATAPOINTS = 1440;

  GetMetricStatisticsResponse data(GetMetricStatisticsRequest request) {
    check(request);
    Metric metric =
        Metric.builder()
            .namespace(request.namespace())
            .metricName(request.metricName())
            .dimensions(request.dimensions())
            .build();
    metrics.requireMeasured(metric);
    Duration period = Duration.ofSeconds(request.period());
    List<Instant> starts =
        MetricDataQueries.starts(request.startTime(), request.endTime(), period)
            .limit(MAX_DATAPOINTS + 1L)
            .toList();
    if (starts.size() > MAX_DATAPOINTS) {
      throw CloudWatchErrors.of(
          "InvalidParameterCombination", "More than 1440 data points were requested");
    }
    return GetMetricStatisticsResponse.builder()
        .label(request.metricName())
        .datapoints(
            starts.stream()
                .flatMap(start -> datapoint(request, metric, start, start.plus(period)).stream())
                .toList())
        .build();
  }

  private static void check(GetMetricStatisticsRequest request) {
    SdkMembers.requireOnly(
        request,
        "Namespace",
        "MetricName",
        "Dimensions",
        "StartTime",
        "EndTime",
        "Period",
        "Statistics",
        "ExtendedStatistics");
    if (request.namespace() == null || request.metricName() == null) {
      throw CloudWatchErrors.validation("Namespace and MetricName are required");
    }
    if (request.period() == null || request.period() < 1) {
      throw CloudWatchErrors.validation("Period must be 1 or more, found " + request.period());
    }
    if (request.statistics().isEmpty() && request.extendedStatistics().isEmpty()) {
      throw CloudWatchErrors.of(
          "InvalidParameterCombination", "Statistics or ExtendedStatistics is required");
    }
  }

  /** A period without data has no figures at all. */
  private Optional<Datapoint> datapoint(
      GetMetricStatisticsRequest request, Metric metric, Instant from, Instant to) {
    List<MetricDatapoint> data = metrics.data(metric, from, to);
    if (data.isEmpty()) {
      return Optional.empty();
    }
    Datapoint.Builder point = Datapoint.builder().timestamp(from);
    for (String statistic : request.statisticsAsStrings()) {
      double figure = Statistics.of(data, statistic).orElseThrow();
      switch (statistic) {
        case "Sum" -> point.sum(figure);
        case "SampleCount" -> point.sampleCount(figure);
        case "Average" -> point.average(figure);
        case "Minimum" -> point.minimum(figure);
        default -> point.maximum(figure);
      }
    }
    Map<String, Double> extended = new HashMap<>();
    request
        .extendedStatistics()
        .forEach(name -> Statistics.of(data, name).ifPresent(value -> extended.put(name, value)));
    return Optional.of(
        extended.isEmpty() ? point.build() : point.extendedStatistics(extended).build());
  }
}
