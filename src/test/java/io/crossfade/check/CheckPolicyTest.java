package io.crossfade.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Phase;
import io.crossfade.release.ReleaseCheck;
import io.crossfade.release.Sample;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckPolicyTest {
  private static final Instant NOW = Sample.START.plusSeconds(300);
  private static final ReleaseCheck FIRST = check("first", null);
  private static final ReleaseCheck SECOND = check("second", null);
  private static final ReleaseCheck LATER = check("later", 50);

  private static ReleaseCheck check(String name, Integer after) {
    return new ReleaseCheck(
        name, 120, after, null, null, new ReleaseCheck.Task("app", List.of("exit", "0")));
  }

  private static Deployment at(int step, String testRule, ReleaseCheck... checks) {
    return Sample.at(step, Sample.checkedBy(testRule, checks));
  }

  private static CheckResult result(CheckResult.Outcome outcome) {
    return new CheckResult(outcome, "words");
  }

  /** Of a check that began that many seconds ago; a deadline is 120 s. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -1 | PASSED  |   0 | WAIT        |  0 | check "first" passed: words
          -1 | PASSED  | 300 | WAIT        |  0 | check "first" passed: words
          -1 | FAILED  |   0 | ROLL_BACK   |  0 | check "first" failed: words
          -1 | NOT_YET |   0 | WAIT        | 20 | check "first": words
          -1 | NOT_YET | 110 | WAIT        | 10 | check "first": words
          -1 | NOT_YET | 119 | WAIT        |  1 | check "first": words
          -1 | NOT_YET | 120 | ROLL_BACK   |  0 | check "first" did not pass within 120 s: words
           1 | PASSED  |   0 | KEEP_BAKING |  0 | check "first" passed: words
           1 | FAILED  |   0 | ROLL_BACK   |  0 | check "first" failed: words
           1 | NOT_YET |   0 | KEEP_BAKING | 20 | check "first": words
           1 | NOT_YET | 120 | ROLL_BACK   |  0 | check "first" did not pass within 120 s: words
          """)
  void aLookMeans(
      int step,
      CheckResult.Outcome outcome,
      int elapsed,
      CheckPolicy.Action action,
      int wait,
      String reason) {
    Deployment begun =
        CheckPolicy.begin(at(step, null, FIRST, SECOND, LATER), NOW.minusSeconds(elapsed));
    assertThat(CheckPolicy.decide(begun, FIRST, result(outcome), NOW))
        .isEqualTo(new Decision<>(action, reason, wait));
  }

  @Test
  void theLastThatRunsBeforeUsersLetsThemIn() {
    Deployment begun = CheckPolicy.begin(at(-1, null, FIRST, LATER), NOW);
    Decision<CheckPolicy.Action> decision =
        CheckPolicy.decide(begun, FIRST, CheckResult.passed("words"), NOW);
    assertThat(decision.action()).isEqualTo(CheckPolicy.Action.PASS);
  }

  @Test
  void whatHasPassedIsOnTheRecordAndNeverDueAgain() {
    Deployment begun = CheckPolicy.begin(at(-1, null, FIRST, SECOND, LATER), NOW);
    CheckResult passed = CheckResult.passed("words");
    Deployment after =
        CheckPolicy.record(begun, passed, CheckPolicy.decide(begun, FIRST, passed, NOW), NOW);

    assertThat(after.dueCheck()).contains(SECOND);
    assertThat(after.progress().checks().begun()).isNull();
    assertThat(after.progress().phase()).isEqualTo(Phase.CHECKING);
    assertThat(after.timeline())
        .singleElement()
        .satisfies(line -> assertThat(line.what()).isEqualTo("check \"first\" passed: words"));
  }

  @Test
  void waitingIsNotOnTheRecord() {
    Deployment begun = CheckPolicy.begin(at(-1, null, FIRST), NOW);
    CheckResult notYet = CheckResult.notYet("words");
    Deployment after =
        CheckPolicy.record(begun, notYet, CheckPolicy.decide(begun, FIRST, notYet, NOW), NOW);
    assertThat(after.timeline()).isEmpty();
    assertThat(after.dueCheck()).contains(FIRST);
    assertThat(after.progress().checks().begun()).isEqualTo(NOW);
  }

  @Test
  void theDeadlineCountsFromTheFirstLook() {
    Deployment begun = CheckPolicy.begin(at(-1, null, FIRST), NOW);
    Deployment again = CheckPolicy.begin(begun, NOW.plusSeconds(60));
    assertThat(again.progress().checks().begun()).isEqualTo(NOW);
    assertThat(again.progress().checks().seen()).isEqualTo(NOW.plusSeconds(60));
  }

  /** Of a check after the step at 50 %, which is the second. */
  @ParameterizedTest
  @CsvSource({"-1, false", "0, false", "1, true", "2, true"})
  void aCheckIsDueAfterItsStep(int step, boolean due) {
    assertThat(at(step, null, LATER).dueCheck().isPresent()).isEqualTo(due);
  }

  @Test
  void checksRunInTheOrderOfTheirSteps() {
    assertThat(at(-1, null, LATER, SECOND, FIRST).release().checks())
        .containsExactly(SECOND, FIRST, LATER);
  }

  /** A node that has not seen the test rule's new weights answers with the stable version. */
  @ParameterizedTest
  @CsvSource({
    "-1, rule, 0,  true",
    "-1, rule, 29, true",
    "-1, rule, 30, false",
    "-1, ,     0,  false",
    " 1, rule, 0,  false"
  })
  void theTestRuleSettlesFirst(int step, String rule, int elapsed, boolean settling) {
    Deployment begun = CheckPolicy.begin(at(step, rule, FIRST), NOW.minusSeconds(elapsed));
    assertThat(CheckPolicy.settling(begun, NOW)).isEqualTo(settling);
  }

  @Test
  void theStepIsNotHeldAgainstWhatTookACheck() {
    Deployment baked = at(1, null, LATER);
    Instant looked = baked.bakeEnds().plusSeconds(500);
    assertThat(CheckPolicy.begin(baked, looked).bakeEnds()).isEqualTo(looked);
  }

  @Test
  void aForeignTextIsOneShortLine() {
    CheckResult said = CheckResult.failed("a\nb\u202e" + "c".repeat(1000));
    assertThat(said.words()).startsWith("a\\u000ab\\u202ecc").hasSizeLessThan(520);
  }
}
