package io.crossfade.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.comparison.ComparedMinute;
import io.crossfade.comparison.ComparedMinute.Requests;
import io.crossfade.gate.CountedRequests.Metric;
import io.crossfade.release.Bake;
import io.crossfade.release.ComparedSteps;
import io.crossfade.release.Comparison;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparedRequestsTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  /** From 12:00:30 on every node of the load balancer has the weights. */
  private static final Bake STEP = new Bake(NOON, NOON.plusSeconds(300));

  private final Map<Metric, Map<Instant, Double>> sums = new EnumMap<>(Metric.class);

  /** A minute shows up to 12:06. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          second | counts | why
          -60    | false  | before the weights
          0      | false  | not every node has the weights yet
          30     | true   | every node has them
          60     | true   | in the middle
          240    | true   | the last whole one
          241    | false  | the weights may have changed in its last second
          300    | false  | after the last look
          """,
      useHeadersInDisplayName = true)
  void onlyWholeMinutesOfOneWeightCount(int second, boolean counts, String why) {
    assertThat(STEP.hasMinute(NOON.plusSeconds(second))).as(why).isEqualTo(counts);
  }

  @Test
  void aMinuteCountsOnceTheNextShows() {
    requests(1, 30, 10);
    requests(2, 30, 10);
    assertThat(minutes()).containsExactly(minute(30, 0, 10, 0));
    requests(3, 30, 10);
    assertThat(minutes()).hasSize(2);
  }

  @Test
  void anErrorCounterWithoutADatapointHasCountedNothing() {
    requests(1, 30, 10);
    count(Metric.CANARY_5XX, 1, 2);
    requests(2, 30, 10);
    assertThat(minutes()).containsExactly(minute(30, 0, 10, 2));
  }

  /** The stable group got nothing, or nothing of it shows: such a minute says nothing. */
  @Test
  void aMinuteWithoutRequestsOfOneVersionIsNoMinuteWithoutFailures() {
    count(Metric.CANARY_REQUESTS, 1, 1000);
    count(Metric.CANARY_5XX, 1, 900);
    count(Metric.CANARY_REQUESTS, 2, 1000);
    ComparedSteps found = compared();
    assertThat(found.result()).isEqualTo(Comparison.NONE);
    assertThat(found.seen()).isEqualTo(1000);
  }

  /** Of one minute: what each group was sent and answered, and the load balancer's own 504. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stable | answered | canary | answered | lost | stable failed | canary failed | why
          30     | 30       | 10     | 10       | 8    | 0             | 0             | another application's
          30     | 30       | 10     | 4        | 8    | 0             | 6             | the canary's alone
          30     | 24       | 10     | 10       | 8    | 6             | 0             | the stable group's alone
          30     | 24       | 10     | 8        | 0    | 0             | 0             | still under way
          30     | 24       | 10     | 8        | 4    | 3             | 1             | in proportion
          30     | 24       | 10     | 8        | 9    | 6             | 2             | at most all of them
          30     | 33       | 10     | 8        | 1    | 0             | 1             | answers of the minute before
          """,
      useHeadersInDisplayName = true)
  void whatTheLoadBalancerAnsweredItselfIsDivided(
      int stable,
      int stableAnswered,
      int canary,
      int answered,
      int lost,
      int f1,
      int f2,
      String why) {
    count(Metric.STABLE_REQUESTS, 1, stable);
    count(Metric.STABLE_2XX, 1, stableAnswered);
    count(Metric.CANARY_REQUESTS, 1, canary);
    count(Metric.CANARY_4XX, 1, answered);
    count(Metric.BALANCER_504, 1, lost);
    requests(2, 30, 10);
    assertThat(minutes()).as(why).containsExactly(minute(stable, f1, canary, f2));
  }

  /** Answers of requests of the minute before. */
  @Test
  void noMoreFailThanWereSent() {
    count(Metric.STABLE_REQUESTS, 1, 30);
    count(Metric.CANARY_REQUESTS, 1, 10);
    count(Metric.CANARY_5XX, 1, 12);
    requests(2, 30, 10);
    assertThat(minutes()).containsExactly(minute(30, 0, 10, 10));
  }

  @Test
  void allStepsAreComparedAndThePresentOneIsSeen() {
    Bake next = new Bake(NOON.plusSeconds(300), NOON.plusSeconds(600));
    for (int minute = 0; minute < 11; minute++) {
      requests(minute, 30, 10);
    }
    ComparedSteps found =
        ComparedRequests.in(
            new CountedRequests(sums), new ComparedSteps(List.of(STEP, next), 7, Comparison.NONE));
    assertThat(found.result().sent()).isEqualTo(80);
    assertThat(found.seen()).isEqualTo(40);
    assertThat(found.bakes()).containsExactly(STEP, next);
  }

  @Test
  void withoutAnyDatapointNothingIsCompared() {
    assertThat(compared()).isEqualTo(new ComparedSteps(List.of(STEP), 0, Comparison.NONE));
  }

  private ComparedSteps compared() {
    return ComparedRequests.in(
        new CountedRequests(sums), new ComparedSteps(List.of(STEP), 0, Comparison.NONE));
  }

  private List<ComparedMinute> minutes() {
    return ComparedRequests.minutes(new CountedRequests(sums), List.of(STEP));
  }

  /** All of them answered. */
  private void requests(int minute, long stable, long canary) {
    count(Metric.STABLE_REQUESTS, minute, stable);
    count(Metric.STABLE_2XX, minute, stable);
    count(Metric.CANARY_REQUESTS, minute, canary);
    count(Metric.CANARY_2XX, minute, canary);
  }

  private void count(Metric metric, int minute, double sum) {
    sums.computeIfAbsent(metric, key -> new HashMap<>()).put(NOON.plusSeconds(60L * minute), sum);
  }

  private static ComparedMinute minute(long stable, long stableFailed, long canary, long failed) {
    return new ComparedMinute(new Requests(stable, stableFailed), new Requests(canary, failed));
  }
}
