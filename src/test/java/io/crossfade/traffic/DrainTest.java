package io.crossfade.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.fleet.CanaryCapacity;
import io.crossfade.fleet.CanaryHealth;
import io.crossfade.gate.RequestMinute;
import io.crossfade.release.Decision;
import io.crossfade.release.Sample;
import io.crossfade.traffic.Drain.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrainTest {
  /**
   * Minutes are written as letters: q quiet while the canary group had requests, b busy, n no data
   * anywhere.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``    | 20   | 0   | WAIT      | given 30 s to show
          qq    | 20   | 0   | WAIT      | given 30 s to show
          ``    | 90   | 0   | WAIT      | 0 of 2 quiet minutes
          q     | 120  | 0   | WAIT      | 1 of 2 quiet minutes
          qq    | 180  | 0   | DRAINED   | no request for 2 whole minutes
          bqq   | 240  | 0   | DRAINED   | no request for 2 whole minutes
          qbq   | 240  | 0   | WAIT      | 1 of 2 quiet minutes
          qqb   | 240  | 0   | WAIT      | 0 of 2 quiet minutes
          nn    | 180  | 0   | WAIT      | 0 of 2 quiet minutes
          nnnn  | 300  | 0   | WAIT      | 1 of 2 quiet minutes
          nnnnn | 360  | 0   | DRAINED   | no request for 2 whole minutes
          qq    | 180  | 600 | WAIT      | cookies 600 s to run out
          qq    | 640  | 600 | DRAINED   | no request for 2 whole minutes
          b     | 1900 | 0   | ROLL_BACK | still got requests 1900 s after
          b     | 1900 | 600 | WAIT      | 0 of 2 quiet minutes
          """)
  void theOldGroupGoesOnlyWhenItHasBeenSeenToGetNothing(
      String minutes, int afterSeconds, int stickySeconds, Action action, String reason) {
    Instant now = Sample.START.plusSeconds(afterSeconds);
    Decision<Action> decision = Drain.decide(minutes(minutes), Sample.START, now, stickySeconds);
    assertThat(decision.action()).isEqualTo(action);
    assertThat(decision.reason()).contains(reason);
  }

  @Test
  void weightsThatSomeoneElseWroteKeepTheOldVersion() {
    ListenerRule rule = new ListenerRule(Sample.RULE, false, List.of(Sample.forward(50, 50)));
    Instant later = Sample.START.plusSeconds(600);
    assertThat(Drain.decide(Sample.at(3), rule, capacity(2, 0), minutes("qq"), later).action())
        .isEqualTo(Action.ROLL_BACK);
  }

  @Test
  void stickinessIsReadFromTheRule() {
    Map<String, Object> sticky =
        Map.of(
            "Type",
            "forward",
            "ForwardConfig",
            Map.of(
                "TargetGroups",
                List.of(
                    Map.of("TargetGroupArn", Sample.BLUE, "Weight", 0),
                    Map.of("TargetGroupArn", Sample.GREEN, "Weight", 100)),
                "TargetGroupStickinessConfig",
                Map.of("Enabled", true, "DurationSeconds", 900)));
    ListenerRule rule = new ListenerRule(Sample.RULE, false, List.of(sticky));
    Decision<Action> decision =
        Drain.decide(
            Sample.at(3), rule, capacity(2, 0), minutes("qq"), Sample.START.plusSeconds(180));
    assertThat(decision.reason()).contains("cookies 900 s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          minutes | after | healthy | short | action    | wait | reason
          qq      | 180   | 2       | 0     | DRAINED   | 0    | no request for 2 whole minutes
          qq      | 180   | 1       | 0     | WAIT      | 20   | 1 of 2 targets of backend-green are healthy, 2 needed before the old version goes
          qq      | 180   | 1       | 299   | WAIT      | 20   | missing for 299 of 300 s
          qq      | 180   | 1       | 300   | ROLL_BACK | 0    | missing for 300 of 300 s
          qq      | 180   | 0       | 0     | ROLL_BACK | 0    | 0 of 2 targets of backend-green are healthy
          qb      | 180   | 1       | 0     | WAIT      | 20   | 0 of 2 quiet minutes
          qb      | 180   | 1       | 300   | ROLL_BACK | 0    | missing for 300 of 300 s
          qb      | 1900  | 1       | 0     | ROLL_BACK | 0    | still got requests
          """,
      useHeadersInDisplayName = true)
  void theOldVersionGoesOnlyIfTheNewOneHasAllItsTargets(
      String minutes,
      int after,
      int healthy,
      int shortFor,
      Action action,
      int wait,
      String reason) {
    ListenerRule rule = new ListenerRule(Sample.RULE, false, List.of(Sample.forward(0, 100)));
    Decision<Action> decision =
        Drain.decide(
            Sample.at(3),
            rule,
            capacity(healthy, shortFor),
            minutes(minutes),
            Sample.START.plusSeconds(after));
    assertThat(decision.action()).isEqualTo(action);
    assertThat(decision.waitSeconds()).isEqualTo(wait);
    assertThat(decision.reason()).contains(reason);
  }

  /**
   * @param shortFor seconds since targets were first found missing
   */
  private static CanaryCapacity capacity(int healthy, int shortFor) {
    CanaryHealth health = new CanaryHealth("backend-green", healthy, 2);
    return new CanaryCapacity(health, health.atFullCapacity() ? null : Sample.START, shortFor, 300);
  }

  private static List<RequestMinute> minutes(String letters) {
    List<RequestMinute> minutes = new ArrayList<>();
    for (char letter : letters.toCharArray()) {
      Instant start = Sample.START.plusSeconds(60L + 60L * minutes.size());
      minutes.add(
          switch (letter) {
            case 'q' -> new RequestMinute(start, null, 40.0);
            case 'b' -> new RequestMinute(start, 3.0, 40.0);
            default -> new RequestMinute(start, null, null);
          });
    }
    return minutes;
  }
}
