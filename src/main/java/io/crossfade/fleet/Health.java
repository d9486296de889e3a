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
public final class Health {
  /** ECS counts tasks in a row that did not come up; this many are not an accident. */
  static final int MAX_FAILED_TASKS = 3;

  private Health() {}

  /** The verdict and how many polls in a row have now passed. */
  public record Outcome(Verdict verdict, int passes) {}

  /**
   * @param idle the service as read just now; null if ECS no longer knows it
   */
  public static Outcome decide(
      Deployment deployment, Service idle, TargetHealth.Reading targets, Instant now) {
    String broken = brokenBecause(deployment, idle);
    if (broken != null) {
      return rollBack(broken);
    }
    Progress progress = deployment.progress();
    int needed = progress.capacity();
    int polls = deployment.pace().healthyPolls();
    boolean enough = idle.settled() && targets.healthy() >= needed;
    int passes = enough ? progress.passes() + 1 : 0;
    String seen =
        "%d of %d targets healthy, %d needed for %d polls in a row (%d passed); %d of %d tasks running"
            .formatted(
                targets.healthy(), needed, needed, polls, passes, idle.running(), idle.desired());
    if (passes >= polls) {
      return new Outcome(Verdict.of(Action.PROCEED, seen), passes);
    }
    long waited = Duration.between(progress.since(), now).toSeconds();
    if (waited > deployment.pace().healthDeadlineSeconds()) {
      return rollBack("not healthy after %d s: %s".formatted(waited, seen));
    }
    return new Outcome(Verdict.waitFor(deployment.pace().pollSeconds(), seen), passes);
  }

  private static String brokenBecause(Deployment deployment, Service idle) {
    String name = deployment.target().idle().service();
    if (idle == null) {
      return "ECS no longer knows " + name;
    }
    if (idle.taskDefinition().equals(deployment.snapshot().idle().taskDefinition())
        && !idle.taskDefinition().equals(deployment.taskDefinition())) {
      return "ECS itself put %s back to %s: the new version did not come up"
          .formatted(name, idle.taskDefinition());
    }
    if (!idle.taskDefinition().equals(deployment.taskDefinition())) {
      return "someone else deployed %s to %s".formatted(idle.taskDefinition(), name);
    }
    if (idle.rollout().equals("FAILED")) {
      return "ECS gave up on %s: %s".formatted(name, idle.rolloutReason());
    }
    if (idle.failedTasks() >= MAX_FAILED_TASKS) {
      return "%d tasks in a row of %s failed to start or to pass their health check"
          .formatted(idle.failedTasks(), name);
    }
    return null;
  }

  private static Outcome rollBack(String reason) {
    return new Outcome(Verdict.of(Action.ROLL_BACK, reason), 0);
  }
}
