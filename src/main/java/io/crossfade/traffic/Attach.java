package io.crossfade.traffic;

import io.crossfade.release.Deployment;
import io.crossfade.release.Side;
import io.crossfade.release.Verdict;
import io.crossfade.release.Verdict.Action;
import io.crossfade.release.Weights;
import java.util.Optional;

/** Decides how the idle target group comes into the rule. */
public final class Attach {
  private Attach() {}

  /**
   * PROCEED when the whole traffic still goes to the live group, ROLL_BACK when someone changed
   * that since the plan was made.
   */
  public static Verdict decide(Deployment deployment, Rule rule) {
    Optional<Weights> shown = Drift.shown(deployment, rule);
    String idle = deployment.target().idle().targetGroupArn();
    return shown.equals(Optional.of(Weights.ALL_LIVE))
        ? Verdict.of(Action.PROCEED, "%s is in the rule at 0 %%".formatted(Side.dimensionOf(idle)))
        : Verdict.of(Action.ROLL_BACK, Drift.sentence(shown, Weights.ALL_LIVE));
  }

  /**
   * The rule with both groups in it, 100 to 0: a group that no rule names is not health-checked.
   */
  public static Rule attached(Deployment deployment, Rule rule) {
    return rule.divided(
        deployment.target().live().targetGroupArn(),
        deployment.target().idle().targetGroupArn(),
        Weights.ALL_LIVE);
  }
}
