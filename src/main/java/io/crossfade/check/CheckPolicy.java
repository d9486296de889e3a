package io.crossfade.check;

import io.crossfade.release.CheckProgress;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Phase;
import io.crossfade.release.ReleaseCheck;
import io.crossfade.release.Timings;
import java.time.Duration;
import java.time.Instant;

/** Decides what a look at a check means for the release. */
public final class CheckPolicy {
  private CheckPolicy() {}

  /** What is to be done about the checks that are due. */
  public enum Action implements Decision.Action {
    /** PASS means that all have passed which run before the first weight. */
    PASS,
    /** WAIT means that one of those is not done. */
    WAIT,
    /** KEEP_BAKING means that the alarms decide what comes next, and when the next look is. */
    KEEP_BAKING,
    /** ROLL_BACK means that one has failed, or did not pass in time. */
    ROLL_BACK
  }

  /** The deployment while a check is looked at. Its deadline counts from the first look. */
  static Deployment begin(Deployment deployment, Instant now) {
    return deployment.with(
        deployment
            .progress()
            .in(Phase.CHECKING)
            .with(deployment.progress().checks().lookedAt(now)));
  }

  /**
   * Whether some node of the load balancer may still answer by the test rule as it was before. What
   * the stable version answers is no result.
   */
  static boolean settling(Deployment begun, Instant now) {
    CheckProgress checks = begun.progress().checks();
    return begun.release().testRuleArn() != null
        && begun.progress().step() < 0
        && checks.passed() == 0
        && seconds(checks.begun(), now) < Timings.SETTLE_SECONDS;
  }

  /**
   * @param result of the check that is due
   * @param now when the look began
   */
  static Decision<Action> decide(
      Deployment begun, ReleaseCheck check, CheckResult result, Instant now) {
    long elapsed = seconds(begun.progress().checks().begun(), now);
    return switch (result.outcome()) {
      case PASSED -> goOn(passed(begun), "%s passed: %s".formatted(check.title(), result.words()));
      case FAILED ->
          Decision.of(Action.ROLL_BACK, "%s failed: %s".formatted(check.title(), result.words()));
      case NOT_YET ->
          elapsed >= check.deadlineSeconds()
              ? Decision.of(
                  Action.ROLL_BACK,
                  "%s did not pass within %d s: %s"
                      .formatted(check.title(), check.deadlineSeconds(), result.words()))
              : new Decision<>(
                  begun.progress().step() < 0 ? Action.WAIT : Action.KEEP_BAKING,
                  "%s: %s".formatted(check.title(), result.words()),
                  (int) Math.min(Timings.POLL_SECONDS, check.deadlineSeconds() - elapsed));
    };
  }

  /** The deployment with one check more behind it. */
  private static Deployment passed(Deployment begun) {
    return begun.with(begun.progress().with(begun.progress().checks().nextPassed()));
  }

  private static Decision<Action> goOn(Deployment next, String reason) {
    if (next.progress().step() >= 0) {
      return Decision.of(Action.KEEP_BAKING, reason);
    }
    return Decision.of(next.dueCheck().isEmpty() ? Action.PASS : Action.WAIT, reason);
  }

  /** The document after the look. Waiting is not told, what came of a check is. */
  static Deployment record(
      Deployment looked, CheckResult result, Decision<Action> decision, Instant now) {
    boolean done = result.outcome() == CheckResult.Outcome.PASSED;
    Deployment next = (done ? passed(looked) : looked).with(decision);
    return done || decision.action() == Action.ROLL_BACK
        ? next.recordEvent(decision.reason(), now)
        : next;
  }

  private static long seconds(Instant from, Instant to) {
    return Duration.between(from, to).toSeconds();
  }
}
