package io.crossfade.localaws.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.localaws.ScaledClock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** Data of AWS's own services show late, and an alarm looks at whole periods alone. */
class LateMetricsTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final Metric METRIC =
      Metric.builder().namespace("Late").metricName("Requests").build();

  private final ScaledClock clock = new ScaledClock(1);

  @AfterEach
  void close() {
    clock.close();
  }

  /** Counts one request in each of these seconds after noon. */
  private record Requests(List<Integer> seconds, int shownUntil) implements MetricSource {
    static Requests at(String seconds, int shownUntil) {
      return new Requests(
          Arrays.stream(seconds.split(" ")).map(Integer::valueOf).toList(), shownUntil);
    }

    @Override
    public boolean measures(String namespace, String metric) {
      return namespace.equals("Late");
    }

    @Override
    public Instant shownUntil(Instant now) {
      return NOON.plusSeconds(shownUntil);
    }

    @Override
    public List<Metric> metrics() {
      return List.of(METRIC);
    }

    @Override
    public List<MetricDatapoint> data(
        String namespace, String metric, Map<String, String> dimensions, Instant from, Instant to) {
      return seconds.stream()
          .map(NOON::plusSeconds)
          .filter(at -> !at.isBefore(from) && at.isBefore(to))
          .map(at -> MetricDatapoint.of(at, 1))
          .toList();
    }
  }

  /** The sums of the last two periods, newest first; "-" is no data. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          period | shown until | sums | why
          60     | 120         | 2 1  | two minutes are over
          60     | 179         | 2 1  | the third minute is not
          60     | 180         | - 2  | it had no request
          60     | 240         | 3 -  | absent is not 0
          60     | 0           | - -  | nothing shows yet
          300    | 240         | - -  | no whole period
          300    | 300         | 6 -  | one
          """,
      useHeadersInDisplayName = true)
  void anAlarmLooksAtWholePeriodsThatShow(int period, int shown, String sums, String why) {
    MetricSources sources =
        new MetricSources(clock, List.of(Requests.at("10 60 119 180 200 239", shown)));
    MetricAlarm alarm =
        MetricAlarm.builder()
            .namespace("Late")
            .metricName("Requests")
            .statistic("Sum")
            .period(period)
            .build();
    assertThat(told(AlarmMetrics.of(alarm, sources).last(2, NOON))).as(why).isEqualTo(sums);
  }

  private static String told(List<OptionalDouble> figures) {
    return figures.stream()
        .map(figure -> figure.isEmpty() ? "-" : String.valueOf(Math.round(figure.getAsDouble())))
        .collect(Collectors.joining(" "));
  }

  @Test
  void whatDoesNotShowYetIsNotRead() {
    Instant end = NOON.plusSeconds(300);
    assertThat(
            Stream.of(60, 120, 300)
                .map(
                    shown -> new MetricSources(clock, List.of(Requests.at("10 60 119 180", shown))))
                .map(sources -> sources.data(METRIC, NOON, end).size()))
        .containsExactly(1, 3, 4);
  }
}
