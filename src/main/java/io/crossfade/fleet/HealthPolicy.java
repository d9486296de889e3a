package io.crossfade.fleet;

import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.HealthSettings;
import io.crossfade.release.Progress;
import io.crossfade.release.Timings;
import java.time.Duration;
import java.time.Instant;

/** Decides whether the new version may get traffic. */
public final class HealthPolicy {
  /** ECS counts tasks in a row that did not come up; this many are not an accident. */
  static final int MAX_FAILED_TASKS = 3;

  private HealthPolicy() {}

  /** What is to be done about the new version's health. */
  public enum Action implements Decision.Action {
    /** HEALTHY means it may get traffic. */
    HEALTHY,
    /**
     * TEST_FIRST means the same, and that its release has a test rule, which comes before users.
     */
    TEST_FIRST,
    /** CHECK_FIRST means the same, and that its release has checks, which come before users. */
    CHECK_FIRST,
    /** WAIT means it is not yet known. */
    WAIT,
    /** ROLL_BACK means it did not come up. */
    ROLL_BACK
  }

  /** The decision, and how many polls in a row have now passed. */
  public record Result(Decision<Action> decision, int passes) {}

  /**
   * @param canary the service as read just now; null if ECS no longer knows it
   */
  public static Result decide(
      Deployment deployment, Service canary, CanaryHealth health, Instant now) {
    String broken = reasonToGiveUp(deployment, canary);
    if (broken != null) {
      return rollBack(broken);
    }
    Progress progress = deployment.progress();
    HealthSettings settings = deployment.release().health();
    int polls = settings.polls();
    boolean passed = canary.settled() && health.atFullCapacity();
    int passes = passed ? progress.passes() + 1 : 0;
    String seen =
        "%d of %d targets healthy, %d needed for %d polls in a row (%d passed); %d of %d tasks running"
            .formatted(
                health.healthy(),
                health.needed(),
                health.needed(),
                polls,
                passes,
                canary.running(),
                canary.desired());
    if (passes >= polls) {
      return new Result(Decision.of(next(deployment), seen), passes);
    }
    long waited = Duration.between(progress.since(), now).toSeconds();
    if (waited > settings.deadlineSeconds()) {
      return rollBack("not healthy after %d s: %s".formatted(waited, seen));
    }
    return new Result(new Decision<>(Action.WAIT, seen, Timings.POLL_SECONDS), passes);
  }

  private static Action next(Deployment deployment) {
    if (deployment.release().testRuleArn() != null) {
      return Action.TEST_FIRST;
    }
    return deployment.dueCheck().isPresent() ? Action.CHECK_FIRST : Action.HEALTHY;
  }

  private static String reasonToGiveUp(Deployment deployment, Service canary) {
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

  private static Result rollBack(String reason) {
    return new Result(Decision.of(Action.ROLL_BACK, reason), 0);
  }
}
