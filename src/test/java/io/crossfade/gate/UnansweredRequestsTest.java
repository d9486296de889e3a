package io.crossfade.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.gate.CountedRequests.Metric;
import io.crossfade.release.Deployment;
import io.crossfade.release.Sample;
import io.crossfade.release.Side;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnansweredRequestsTest {
  private static final Deployment SAMPLE = Sample.at(0);
  private static final Side CANARY = SAMPLE.target().canary();

  /** What the load balancer failed may be of other groups, and what has no answer under way. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sent  | answered | failed | state | why
          0     | 0        | 0      | OK    | nothing shows yet
          400   | 400      | 0      | OK    | all are answered
          400   | 0        | 400    | ALARM | it hangs
          20    | 0        | 20     | ALARM | it hangs, and few come
          19    | 0        | 19     | OK    | too few to tell
          200   | 180      | 20     | ALARM | one of ten
          201   | 181      | 20     | OK    | less than one of ten
          9000  | 8100     | 900    | ALARM | one of ten of many
          9000  | 8101     | 899    | OK    | less than one of ten of many
          400   | 0        | 0      | OK    | all are under way, as at the edge of a minute
          400   | 100      | 19     | OK    | WebSockets have no answer and no error
          400   | 100      | 40     | ALARM | nor can they be told from errors of another application
          400   | 400      | 300    | OK    | the errors are another group's
          400   | 390      | 300    | OK    | so are most of these
          380   | 400      | 300    | OK    | an answer may show before its request
          """,
      useHeadersInDisplayName = true)
  void manyRequestsWithoutAnAnswerAreAnAlarm(
      long sent, long answered, long failed, Alarm.State state, String why) {
    Alarm alarm = judge(sent, answered, failed);
    assertThat(alarm.state()).as(why).isEqualTo(state);
    assertThat(alarm.setAside()).isFalse();
  }

  @Test
  void theNumbersAreTold() {
    Alarm alarm = judge(412, 7, 405);
    assertThat(AlarmPolicy.tell(List.of(alarm)))
        .isEqualTo(
            "unanswered requests of backend-green is ALARM: it answered 7 of 412 requests,"
                + " and the load balancer itself answered 405 with 502 or 504");
  }

  /** As an alarm without data: it holds the step, and turns it back after the deadline. */
  @Test
  void whatCannotBeCountedIsNotOk() {
    assertThat(UnansweredRequests.uncounted(CANARY))
        .extracting(Alarm::state, Alarm::trustedOk)
        .containsExactly(Alarm.State.INSUFFICIENT_DATA, false);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T12:00:00Z, 2026-01-31T12:10:00Z, 2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00Z, 2026-01-31T12:30:00Z, 2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00Z, 2026-01-31T17:00:00Z, 2026-01-31T16:30:00Z"
  })
  void theLastHalfHourWithTrafficCounts(Instant traffic, Instant now, Instant from) {
    assertThat(UnansweredRequests.from(traffic, now)).isEqualTo(from);
  }

  @Test
  void whatCameEarlierDoesNotCount() {
    CountedRequests counted =
        new CountedRequests(
            Map.of(
                Metric.CANARY_REQUESTS, Map.of(Sample.START, 50.0),
                Metric.BALANCER_504, Map.of(Sample.START, 50.0)));
    assertThat(UnansweredRequests.judge(CANARY, counted, Sample.START.plusSeconds(59)).state())
        .isEqualTo(Alarm.State.ALARM);
    assertThat(UnansweredRequests.judge(CANARY, counted, Sample.START.plusSeconds(60)).state())
        .isEqualTo(Alarm.State.OK);
  }

  private static Alarm judge(double sent, double answered, double failed) {
    Instant minute = Sample.START;
    CountedRequests counted =
        new CountedRequests(
            Map.of(
                Metric.CANARY_REQUESTS, Map.of(minute, sent),
                Metric.CANARY_2XX, Map.of(minute, answered),
                Metric.BALANCER_502, Map.of(minute, failed),
                Metric.STABLE_REQUESTS, Map.of(minute, 7_000.0),
                Metric.STABLE_5XX, Map.of(minute, 7_000.0)));
    return UnansweredRequests.judge(CANARY, counted, minute);
  }
}
