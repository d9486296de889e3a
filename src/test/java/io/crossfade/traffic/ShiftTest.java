package io.crossfade.traffic;

import static org.assertj.core.api.Assertions.assertThat;

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
          -1 | 100 | 0   | 2 | SHIFTED   | backend-green gets 25 % of the traffic, backend-blue 75 %
          -1 | 75  | 25  | 2 | SHIFTED   | backend-green gets 25 %
          0  | 75  | 25  | 2 | SHIFTED   | backend-green gets 50 %
          2  | 25  | 75  | 2 | SHIFTED   | backend-green gets 100 %
          0  | 75  | 25  | 3 | SHIFTED   | backend-green gets 50 %
          0  | 75  | 25  | 1 | ROLL_BACK | 1 of 2 targets of backend-green are healthy
          2  | 25  | 75  | 0 | ROLL_BACK | 0 of 2 targets of backend-green are healthy
          0  | 60  | 40  | 2 | ROLL_BACK | it shows 60 % stable, 40 % canary, this deployment wrote 75 % stable, 25 % canary
          0  | 100 | 0   | 2 | ROLL_BACK | someone else changed the rule
          0  | 0   | 100 | 2 | ROLL_BACK | someone else changed the rule
          """)
  void theNextWeightIsWrittenOnlyOverOurOwnAndOnlyToFullCapacity(
      int step, int blue, int green, int healthy, Shift.Action action, String reason) {
    Decision<Shift.Action> decision =
        Shift.decide(Sample.at(step), rule(Sample.forward(blue, green)), healthy(healthy));
    assertThat(decision.action()).isEqualTo(action);
    assertThat(decision.reason()).contains(reason);
  }

  @Test
  void aRuleThatForwardsElsewhereIsSomeoneElses() {
    ListenerRule redirected = rule(Map.of("Type", "redirect"));
    assertThat(Shift.decide(Sample.at(0), redirected, healthy(2)).action())
        .isEqualTo(Shift.Action.ROLL_BACK);
  }

  @ParameterizedTest
  @CsvSource({"1, 0, ATTACHED", "100, 0, ATTACHED", "99, 1, ROLL_BACK", "0, 100, ROLL_BACK"})
  void theCanaryGroupIsAttachedOnlyWhileTheLiveOneHasEverything(
      int blue, int green, GroupAttachment.Action action) {
    assertThat(GroupAttachment.decide(Sample.at(-1), rule(Sample.forward(blue, green))).action())
        .isEqualTo(action);
  }

  private static CanaryHealth healthy(int targets) {
    return new CanaryHealth("backend-green", targets, 2);
  }

  private static ListenerRule rule(Map<String, Object> action) {
    return new ListenerRule(Sample.RULE, false, List.of(action));
  }
}
