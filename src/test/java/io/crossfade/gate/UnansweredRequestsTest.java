package io.crossfade.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.gate.AnswerCounts.Counted;
import io.crossfade.release.Deployment;
import io.crossfade.release.Sample;
import io.crossfade.release.Side;
import io.crossfade.release.Weights;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Alarm alarm =
        UnansweredRequests.judge(CANARY, Optional.of(new Counted(sent, answered, failed)));
    assertThat(alarm.state()).as(why).isEqualTo(state);
    assertThat(alarm.setAside()).isFalse();
  }

  @Test
  void theNumbersAreTold() {
    Alarm alarm = UnansweredRequests.judge(CANARY, Optional.of(new Counted(412, 7, 405)));
    assertThat(AlarmPolicy.tell(List.of(alarm)))
        .isEqualTo(
            "unanswered requests of backend-green is ALARM: it answered 7 of 412 requests,"
                + " and the load balancer itself answered 405 with 502 or 504");
  }

  /** As an alarm without data: it holds the step, and turns it back after the deadline. */
  @Test
  void whatCannotBeCountedIsNotOk() {
    assertThat(UnansweredRequests.judge(CANARY, Optional.empty()))
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
  void onlyTheCanaryIsCountedAndOnlyOnceItHasTraffic() {
    Deployment shifted =
        SAMPLE.with(SAMPLE.progress().shifted(0, Weights.canaryAt(25), Sample.START));
    List<String> asked = new ArrayList<>();
    AnswerCounts counts =
        (loadBalancer, group, from, to) -> {
          asked.add("%s %s %s %s".formatted(loadBalancer, group, from, to));
          return Optional.of(new Counted(50, 0, 50));
        };
    AlarmReader none =
        new AlarmReader() {
          @Override
          public List<Alarm> watching(List<String> dimensions, List<String> names) {
            return List.of();
          }

          @Override
          public List<Alarm> named(List<String> names) {
            return List.of();
          }

          @Override
          public Map<String, Instant> firedSince(List<String> names, Instant since) {
            return Map.of();
          }
        };
    Instant now = Sample.START.plusSeconds(90);

    List<Alarm> before = WatchedAlarms.by(Sample.at(-1), none, counts, now);
    List<Alarm> after = WatchedAlarms.by(shifted, none, counts, now);

    assertThat(before).isEmpty();
    assertThat(after).singleElement().extracting(Alarm::state).isEqualTo(Alarm.State.ALARM);
    assertThat(asked)
        .containsExactly(
            "%s %s %s %s".formatted("app/site/1a", CANARY.dimension(), Sample.START, now));
  }
}
