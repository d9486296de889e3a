package io.crossfade.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.ReleaseCheck;
import io.crossfade.release.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestTrafficTest {
  private static final Deployment DEPLOYMENT =
      Sample.at(-1, Sample.tested(), Sample.testedSnapshot());

  /** The snapshot has 1 to 0. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          blue | green | action    | drift | why
          1    | 0     | SHIFTED   | true  | as it was
          0    | 100   | SHIFTED   | false | a retry after the write
          0    | 1     | SHIFTED   | false | the same in other words
          100  | 0     | ROLL_BACK | true  | the snapshot has it in other words, so somebody has written it
          50   | 50    | ROLL_BACK | true  | somebody else
          0    | 0     | ROLL_BACK | true  | to nobody
          """,
      useHeadersInDisplayName = true)
  void onlyWhatIsAsItWasIsLedToTheNewVersion(
      int blue, int green, TestTraffic.Action action, boolean drift) {
    ListenerRule rule = rule(Sample.forward(blue, green));
    assertThat(TestTraffic.decide(DEPLOYMENT, rule).action()).isEqualTo(action);
    assertThat(TestTraffic.drift(DEPLOYMENT, rule).isPresent()).isEqualTo(drift);
  }

  @ParameterizedTest
  @CsvSource({", CHECK_FIRST", "25, SHIFTED"})
  void itsOwnChecksComeBeforeUsersUnlessTheyComeAfterAStep(
      Integer after, TestTraffic.Action action) {
    ReleaseCheck check =
        new ReleaseCheck("check", 60, after, null, new ReleaseCheck.Lambda("f"), null);
    Deployment checked =
        Sample.at(-1, Sample.checkedBy(Sample.TEST_RULE, check), Sample.testedSnapshot());
    assertThat(TestTraffic.decide(checked, rule(Sample.forward(1, 0))).action()).isEqualTo(action);
  }

  @Test
  void allOfItGoesToTheCanary() {
    assertThat(TestTraffic.shifted(DEPLOYMENT, rule(Sample.forward(1, 0))).actions())
        .containsExactly(Sample.forward(0, 100));
  }

  @Test
  void theReasonsNameTheTestRule() {
    Decision<TestTraffic.Action> shifted =
        TestTraffic.decide(DEPLOYMENT, rule(Sample.forward(1, 0)));
    assertThat(shifted.reason())
        .isEqualTo("the test rule leads to backend-green, and no user does yet");
    assertThat(TestTraffic.drift(DEPLOYMENT, rule(Map.of("Type", "redirect"))))
        .contains("someone else changed the test rule: it shows redirect");
  }

  private static ListenerRule rule(Map<String, Object> action) {
    return new ListenerRule(Sample.TEST_RULE, false, List.of(action));
  }
}
