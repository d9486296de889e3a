package io.crossfade.traffic;

import io.crossfade.fleet.CanaryHealth;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Step;
import io.crossfade.release.Weights;
import java.util.Optional;

/** Decides whether the next weight may be written. */
public final class Shift {
  /** What is to be done about the next weight. */
  public enum Action implements Decision.Action {
    /** SHIFTED means it is written. */
    SHIFTED,
    /** ROLL_BACK means it must not be. */
    ROLL_BACK
  }

  private Shift() {}

  /** Where the next step puts the weights. */
  public static Weights next(Deployment deployment) {
    return Weights.canaryAt(nextStep(deployment).weight());
  }

  /**
   * SHIFTED, or ROLL_BACK when the rule shows weights that this deployment did not write, or the
   * canary does not have its full capacity at this moment.
   *
   * @param health of the canary, read just now
   */
  public static Decision<Action> decide(
      Deployment deployment, ListenerRule rule, CanaryHealth health) {
    Weights next = next(deployment);
    Weights written = deployment.progress().weights();
    Optional<Weights> shown = Drift.shown(deployment, rule);
    // The next weights may be there already: a retry after a write that did take effect.
    if (!shown.equals(Optional.of(written)) && !shown.equals(Optional.of(next))) {
      return Decision.of(Action.ROLL_BACK, Drift.sentence(shown, written));
    }
    if (!health.atFullCapacity()) {
      return Decision.of(
          Action.ROLL_BACK, health.shortfall("before it gets %d %%".formatted(next.canary())));
    }
    return new Decision<>(
        Action.SHIFTED,
        "%s gets %d %% of the traffic, %s %d %%"
            .formatted(
                deployment.target().canary().service(),
                next.canary(),
                deployment.target().stable().service(),
                next.stable()),
        nextStep(deployment).firstLookSeconds());
  }

  private static Step nextStep(Deployment deployment) {
    return deployment.step(deployment.progress().step() + 1);
  }
}
