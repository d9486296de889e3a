package io.crossfade.localaws.cloudwatch;

import io.crossfade.localaws.sdk.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** GetMetricData: figures in periods that begin at full periods. */
record MetricDataQueries(MetricSources metrics) {

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
  private static final int MAX_DATAPOINTS = 100_800;

  /** One value of one result, both by position. */
  private record Place(int result, int value) {}

  /** A page holds whole values of all queries, one query after the other. */
  GetMetricDataResponse data(GetMetricDataRequest request) {
    int max = request.maxDatapoints() == null ? MAX_DATAPOINTS : request.maxDatapoints();
    if (max < 1 || max > MAX_DATAPOINTS) {
      throw CloudWatchErrors.validation("MaxDatapoints is 1 to 100800, found " + max);
    }
    List<MetricDataResult> whole =
        request.metricDataQueries().stream().map(query -> data(query, request)).toList();
    List<Place> places = new ArrayList<>();
    for (int result = 0; result < whole.size(); result++) {
      for (int value = 0; value < whole.get(result).values().size(); value++) {
        places.add(new Place(result, value));
      }
    }
    Page<Place> page = Page.of(places, request.nextToken(), max, CloudWatchErrors::invalidToken);
    return GetMetricDataResponse.builder()
        .metricDataResults(
            IntStream.range(0, whole.size())
                .mapToObj(result -> part(whole.get(result), result, page.items()))
                .toList())
        .nextToken(page.next())
        .build();
  }

  private static MetricDataResult part(MetricDataResult whole, int result, List<Place> page) {
    int last = whole.values().size() - 1;
    List<Place> own = page.stream().filter(place -> place.result() == result).toList();
    boolean complete = last < 0 || own.contains(new Place(result, last));
    return whole.toBuilder()
        .timestamps(own.stream().map(place -> whole.timestamps().get(place.value())).toList())
        .values(own.stream().map(place -> whole.values().get(place.value())).toList())
        .statusCode(complete ? StatusCode.COMPLETE : StatusCode.PARTIAL_DATA)
        .build();
  }

  private MetricDataResult data(MetricDataQuery query, GetMetricDataRequest request) {
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
        .build();
  }

  /** The beginnings of the periods that the time has. */
  static Stream<Instant> starts(Instant from, Instant to, Duration period) {
    if (from == null || to == null || !from.isBefore(to)) {
      throw CloudWatchErrors.validation("StartTime must be before EndTime");
    }
    long seconds = period.toSeconds();
    long first = Math.floorDiv(from.getEpochSecond(), seconds);
    long end = Math.floorDiv(to.getEpochSecond() - 1, seconds) + 1;
    return LongStream.range(first, Math.max(end, first + 1))
        .mapToObj(i -> Instant.ofEpochSecond(i * seconds));
  }
}
