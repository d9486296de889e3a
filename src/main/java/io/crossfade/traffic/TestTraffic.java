package io.crossfade.traffic;

import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Weights;
import java.util.Optional;

/**
 * Decides about the test rule, which reaches the new version before any user does. From then on it
 * stays there: what is released later is what it leads to already.
 */
public final class TestTraffic {
  private static final Weights ALL_CANARY = Weights.canaryAt(100);

  /** What is to be done about the test rule. */
  public enum Action implements Decision.Action {
    /** SHIFTED means it leads to the new version. */
    SHIFTED,
    /** CHECK_FIRST means the same, and that checks come before users. */
    CHECK_FIRST,
    /** ROLL_BACK means someone else changed it. */
    ROLL_BACK
  }

  private TestTraffic() {}

  /**
   * SHIFTED or CHECK_FIRST when the rule is as the snapshot has it, or leads to the canary already:
   * a retry after a write that did take effect.
   */
  public static Decision<Action> decide(Deployment deployment, ListenerRule rule) {
    boolean asItWas = ListenerRules.same(rule.actions(), deployment.snapshot().testActions());
    return asItWas || drift(deployment, rule).isEmpty()
        ? Decision.of(
            deployment.dueCheck().isPresent() ? Action.CHECK_FIRST : Action.SHIFTED,
            "the test rule leads to %s, and no user does yet"
                .formatted(deployment.target().canary().service()))
        : Decision.of(Action.ROLL_BACK, sentence(rule));
  }

  /** The test rule with all of its requests for the canary. */
  public static ListenerRule shifted(Deployment deployment, ListenerRule rule) {
    return rule.divided(deployment.target(), ALL_CANARY);
  }

  /** Who else has written the test rule once it was shifted, as a sentence; empty if nobody. */
  public static Optional<String> drift(Deployment deployment, ListenerRule rule) {
    return Drift.shown(deployment, rule).equals(Optional.of(ALL_CANARY))
        ? Optional.empty()
        : Optional.of(sentence(rule));
  }

  private static String sentence(ListenerRule rule) {
    return "someone else changed the test rule: it shows " + ListenerRules.describe(rule.actions());
  }
}
