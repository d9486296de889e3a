package io.crossfade.fleet;

import io.crossfade.release.Deployment;
import io.crossfade.release.Progress;
import io.crossfade.release.Verdict;
import io.crossfade.release.Verdict.Action;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides whether the new version may get traffic. Healthy targets are counted: leftovers that
 * drain, or are unused, neither help nor stand in the way.
 */
public final class HealthPolicy {
  /** ECS counts tasks in a row that did not come up; this many are not an accident. */
  static final int MAX_FAILED_TASKS = 3;

  private HealthPolicy() {}

  /** The verdict and how many polls in a row have now passed. */
  public record Outcome(Verdict verdict, int passes) {}

  /**
   * @param canary the service as read just now; null if ECS no longer knows it
   */
  public static Outcome decide(
      Deployment deployment, Service canary, TargetHealth.Reading targets, Instant now) {
    String broken = brokenBecause(deployment, canary);
    if (broken != null) {
      return rollBack(broken);
    }
    Progress progress = deployment.progress();
    int needed = progress.capacity();
    int polls = deployment.pace().healthyPolls();
    boolean enough = canary.settled() && targets.healthy() >= needed;
    int passes = enough ? progress.passes() + 1 : 0;
    String seen =
        "%d of %d targets healthy, %d needed for %d polls in a row (%d passed); %d of %d tasks running"
            .formatted(
                targets.healthy(),
                needed,
                needed,
                polls,
                passes,
                canary.running(),
                canary.desired());
    if (passes >= polls) {
      return new Outcome(Verdict.of(Action.PROCEED, seen), passes);
    }
    long waited = Duration.between(progress.since(), now).toSeconds();
    if (waited > deployment.pace().healthDeadlineSeconds()) {
      return rollBack("not healthy after %d s: %s".formatted(waited, seen));
    }
    return new Outcome(Verdict.waitFor(deployment.pace().pollSeconds(), seen), passes);
  }

  private static String brokenBecause(Deployment deployment, Service canary) {
    String name = deployment.target().canary().service();
    if (canary == null) {
      return "ECS no longer knows " + name;
    }
    if (canary.taskDefinition().equals(deployment.snapshot().canary().taskDefinition())
        && !canary.taskDefinition().equals(deployment.taskDefinition())) {
      return "ECS itself put %s back to %s: the new version did not come up"
          .formatted(name, canary.taskDefinition());
    }
    if (!canary.taskDefinition().equals(deployment.taskDefinition())) {
      return "someone else deployed %s to %s".formatted(canary.taskDefinition(), name);
    }
    if (canary.rollout().equals("FAILED")) {
      return "ECS gave up on %s: %s".formatted(name, canary.rolloutReason());
    }
    if (canary.failedTasks() >= MAX_FAILED_TASKS) {
      return "%d tasks in a row of %s failed to start or to pass their health check"
          .formatted(canary.failedTasks(), name);
    }
    return null;
  }

  private static Outcome rollBack(String reason) {
    return new Outcome(Verdict.of(Action.ROLL_BACK, reason), 0);
  }
}
