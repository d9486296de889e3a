package io.crossfade.traffic;

import io.crossfade.release.Deployment;
import io.crossfade.release.Side;
import io.crossfade.release.Verdict;
import io.crossfade.release.Verdict.Action;
import io.crossfade.release.Weights;
import java.util.Optional;

/** Decides whether the next weight may be written. */
public final class Shift {
  private Shift() {}

  /** Where the next step puts the weights. */
  public static Weights next(Deployment deployment) {
    return Weights.canaryAt(deployment.step(deployment.progress().step() + 1).weight());
  }

  /**
   * PROCEED, or ROLL_BACK when the rule shows weights that this deployment did not write, or the
   * group that would receive more does not have its full capacity at this moment.
   *
   * @param healthy healthy targets of the receiving group, read just now
   */
  public static Verdict decide(Deployment deployment, ListenerRule rule, int healthy) {
    Weights next = next(deployment);
    Weights written = deployment.progress().weights();
    Optional<Weights> shown = Drift.shown(deployment, rule);
    // The next weights may be there already: a retry after a write that did take effect.
    if (!shown.equals(Optional.of(written)) && !shown.equals(Optional.of(next))) {
      return Verdict.of(Action.ROLL_BACK, Drift.sentence(shown, written));
    }
    Side stable = deployment.target().stable();
    Side canary = deployment.target().canary();
    int needed = deployment.progress().capacity();
    if (healthy < needed) {
      return Verdict.of(
          Action.ROLL_BACK,
          "%d of %d targets of %s are healthy, %d needed before it gets %d %%"
              .formatted(healthy, needed, canary.service(), needed, next.canary()));
    }
    return new Verdict(
        Action.PROCEED,
        "%s gets %d %% of the traffic, %s %d %%"
            .formatted(canary.service(), next.canary(), stable.service(), next.stable()),
        firstLook(deployment));
  }

  /** ROLL_BACK if the new version no longer has its full capacity while it carries the traffic. */
  public static Optional<Verdict> weakened(Deployment deployment, int healthy) {
    int needed = deployment.progress().capacity();
    return healthy >= needed
        ? Optional.empty()
        : Optional.of(
            Verdict.of(
                Action.ROLL_BACK,
                "%d of %d targets of %s are healthy, %d needed before the old version goes"
                    .formatted(healthy, needed, deployment.target().canary().service(), needed)));
  }

  /**
   * The alarms are looked at for the first time after one poll, or at the end of a shorter bake.
   */
  private static int firstLook(Deployment deployment) {
    int bake = deployment.step(deployment.progress().step() + 1).bakeSeconds();
    return Math.min(bake, deployment.pace().pollSeconds());
  }
}
