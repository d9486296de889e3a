package io.crossfade.traffic;

import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Side;
import io.crossfade.release.Weights;
import java.util.Optional;

/** Decides how the canary target group comes into the rule. */
public final class GroupAttachment {
  /** What is to be done about the rule. */
  public enum Action implements Decision.Action {
    /** ATTACHED means the canary's group is in the rule, at 0 %. */
    ATTACHED,
    /** ROLL_BACK means someone else changed the rule. */
    ROLL_BACK
  }

  private GroupAttachment() {}

  /**
   * ATTACHED when the whole traffic still goes to the stable group, ROLL_BACK when someone changed
   * that since the plan was made.
   */
  public static Decision<Action> decide(Deployment deployment, ListenerRule rule) {
    Optional<Weights> shown = Drift.shown(deployment, rule);
    String canary = deployment.target().canary().targetGroupArn();
    return shown.equals(Optional.of(Weights.ALL_STABLE))
        ? Decision.of(
            Action.ATTACHED, "%s is in the rule at 0 %%".formatted(Side.dimensionOf(canary)))
        : Decision.of(Action.ROLL_BACK, Drift.sentence(shown, Weights.ALL_STABLE));
  }

  /**
   * The rule with both groups in it, 100 to 0: a group that no rule names is not health-checked.
   */
  public static ListenerRule attached(Deployment deployment, ListenerRule rule) {
    return rule.divided(deployment.target(), Weights.ALL_STABLE);
  }
}
