package io.crossfade.traffic;

import io.crossfade.fleet.CanaryCapacity;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Step;
import io.crossfade.release.Timings;
import io.crossfade.release.Weights;
import java.util.Optional;

/** Decides whether the next weight may be written. */
public final class Shift {
  /** What is to be done about the next weight. */
  public enum Action implements Decision.Action {
    /** SHIFTED means it is written. */
    SHIFTED,
    /** WAIT means that targets are missing before the first step; look again. */
    WAIT,
    /** KEEP_BAKING means that targets are missing; the present step's alarms are watched on. */
    KEEP_BAKING,
    /** ROLL_BACK means it must not be. */
    ROLL_BACK
  }

  private Shift() {}

  /** Where the next step puts the weights. */
  public static Weights next(Deployment deployment) {
    return Weights.canaryAt(nextStep(deployment).weight());
  }

  /**
   * SHIFTED; ROLL_BACK when the rule shows weights that this deployment did not write, or the
   * canary has lost its capacity; WAIT or KEEP_BAKING while it may recover. What is written already
   * is SHIFTED then, too: its alarms must be watched.
   *
   * @param canary read just now
   */
  public static Decision<Action> decide(
      Deployment deployment, ListenerRule rule, CanaryCapacity canary) {
    Weights next = next(deployment);
    Weights written = deployment.progress().weights();
    Optional<Weights> shown = Drift.shown(deployment, rule);
    // The next weights may be there already: a retry after a write that did take effect.
    if (!shown.equals(Optional.of(written)) && !shown.equals(Optional.of(next))) {
      return Decision.of(Action.ROLL_BACK, Drift.sentence(shown, written));
    }
    boolean done = shown.equals(Optional.of(next));
    String shortfall = canary.shortfall("before it gets %d %%".formatted(next.canary()));
    return switch (canary.state()) {
      case FULL -> shift(deployment, next);
      case LOST -> Decision.of(Action.ROLL_BACK, shortfall);
      case RECOVERING -> done ? shift(deployment, next) : hold(deployment, shortfall);
    };
  }

  private static Decision<Action> hold(Deployment deployment, String shortfall) {
    Action action = deployment.progress().step() < 0 ? Action.WAIT : Action.KEEP_BAKING;
    return new Decision<>(action, shortfall, Timings.POLL_SECONDS);
  }

  private static Decision<Action> shift(Deployment deployment, Weights next) {
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
