package io.crossfade.check;

import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import java.time.Instant;

/** What the function makes of a look, for tests of what comes after it. */
public final class CheckLooks {
  private CheckLooks() {}

  /**
   * @param outcome PASSED, FAILED or NOT_YET
   * @param seconds since the check began
   */
  public static Deployment after(Deployment before, String outcome, int seconds, Instant now) {
    Deployment begun = CheckPolicy.begin(before, now.minusSeconds(seconds));
    CheckResult result = new CheckResult(CheckResult.Outcome.valueOf(outcome), "words");
    Decision<CheckPolicy.Action> decision =
        CheckPolicy.decide(begun, before.dueCheck().orElseThrow(), result, now);
    return CheckPolicy.record(begun, result, decision, now);
  }
}
