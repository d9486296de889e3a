package io.crossfade.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.fleet.CanaryCapacity;
import io.crossfade.fleet.CanaryHealth;
import io.crossfade.release.Decision;
import io.crossfade.release.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShiftTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          step | blue | green | healthy | short | action      | wait | reason
          -1   | 100  | 0     | 2       | 0     | SHIFTED     | 20   | backend-green gets 25 % of the traffic, backend-blue 75 %
          -1   | 75   | 25    | 2       | 0     | SHIFTED     | 20   | backend-green gets 25 %
          0    | 75   | 25    | 2       | 0     | SHIFTED     | 20   | backend-green gets 50 %
          2    | 25   | 75    | 2       | 0     | SHIFTED     | 20   | backend-green gets 100 %
          0    | 75   | 25    | 3       | 0     | SHIFTED     | 20   | backend-green gets 50 %
          -1   | 100  | 0     | 1       | 0     | WAIT        | 20   | 1 of 2 targets of backend-green are healthy, 2 needed before it gets 25 %
          -1   | 100  | 0     | 1       | 299   | WAIT        | 20   | missing for 299 of 300 s
          -1   | 100  | 0     | 1       | 300   | ROLL_BACK   | 0    | missing for 300 of 300 s
          -1   | 100  | 0     | 0       | 0     | ROLL_BACK   | 0    | 0 of 2 targets of backend-green are healthy
          -1   | 75   | 25    | 1       | 0     | SHIFTED     | 20   | backend-green gets 25 %
          -1   | 75   | 25    | 0       | 0     | ROLL_BACK   | 0    | 0 of 2 targets of backend-green are healthy
          0    | 75   | 25    | 1       | 0     | KEEP_BAKING | 20   | 1 of 2 targets of backend-green are healthy, 2 needed before it gets 50 %
          0    | 75   | 25    | 1       | 299   | KEEP_BAKING | 20   | missing for 299 of 300 s
          0    | 75   | 25    | 1       | 300   | ROLL_BACK   | 0    | missing for 300 of 300 s
          0    | 50   | 50    | 1       | 0     | SHIFTED     | 20   | backend-green gets 50 %
          0    | 50   | 50    | 1       | 300   | ROLL_BACK   | 0    | missing for 300 of 300 s
          2    | 25   | 75    | 0       | 0     | ROLL_BACK   | 0    | 0 of 2 targets of backend-green are healthy
          0    | 60   | 40    | 2       | 0     | ROLL_BACK   | 0    | it shows 60 % stable, 40 % canary, this deployment wrote 75 % stable, 25 % canary
          0    | 60   | 40    | 1       | 0     | ROLL_BACK   | 0    | someone else changed the rule
          0    | 100  | 0     | 2       | 0     | ROLL_BACK   | 0    | someone else changed the rule
          0    | 0    | 100   | 2       | 0     | ROLL_BACK   | 0    | someone else changed the rule
          """,
      useHeadersInDisplayName = true)
  void theNextWeightIsWrittenOnlyOverOurOwnAndOnlyToFullCapacity(
      int step,
      int blue,
      int green,
      int healthy,
      int shortFor,
      Shift.Action action,
      int wait,
      String reason) {
    Decision<Shift.Action> decision =
        Shift.decide(
            Sample.at(step), rule(Sample.forward(blue, green)), capacity(healthy, shortFor));
    assertThat(decision.action()).isEqualTo(action);
    assertThat(decision.reason()).contains(reason);
    assertThat(decision.waitSeconds()).isEqualTo(wait);
  }

  @Test
  void aRuleThatForwardsElsewhereIsSomeoneElses() {
    ListenerRule redirected = rule(Map.of("Type", "redirect"));
    assertThat(Shift.decide(Sample.at(0), redirected, capacity(2, 0)).action())
        .isEqualTo(Shift.Action.ROLL_BACK);
  }

  @ParameterizedTest
  @CsvSource({"1, 0, ATTACHED", "100, 0, ATTACHED", "99, 1, ROLL_BACK", "0, 100, ROLL_BACK"})
  void theCanaryGroupIsAttachedOnlyWhileTheLiveOneHasEverything(
      int blue, int green, GroupAttachment.Action action) {
    assertThat(GroupAttachment.decide(Sample.at(-1), rule(Sample.forward(blue, green))).action())
        .isEqualTo(action);
  }

  /**
   * @param shortFor seconds since targets were first found missing
   */
  private static CanaryCapacity capacity(int healthy, int shortFor) {
    CanaryHealth health = new CanaryHealth("backend-green", healthy, 2);
    return new CanaryCapacity(health, health.atFullCapacity() ? null : Sample.START, shortFor, 300);
  }

  private static ListenerRule rule(Map<String, Object> action) {
    return new ListenerRule(Sample.RULE, false, List.of(action));
  }
}
