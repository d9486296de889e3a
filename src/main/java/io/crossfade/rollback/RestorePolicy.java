package io.crossfade.rollback;

import io.crossfade.fleet.Service;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.ServiceState;
import io.crossfade.release.Snapshot;
import io.crossfade.release.Timings;
import io.crossfade.rollback.Difference.Part;
import io.crossfade.traffic.ForwardAction;
import io.crossfade.traffic.ListenerRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Decides what a restore does next. */
public final class RestorePolicy {
  /** What is to be done next. */
  public enum Action implements Decision.Action {
    /** ROLL_BACK means something may still differ: put it back, then look again. */
    ROLL_BACK,
    /** RESTORED means everything was read back equal to the snapshot. */
    RESTORED,
    /** INCOMPLETE means the restore did not come to an end; a person is needed. */
    INCOMPLETE
  }

  /**
   * What a function that was running when its execution was stopped may still write, it writes
   * within its time-out (the template's {@code Timeout}, in seconds): until then nothing is as it
   * was for good.
   */
  public static final int FUNCTION_TIMEOUT_SECONDS = 60;

  private static final int LOOK_AGAIN_SECONDS = 10;

  private RestorePolicy() {}

  /**
   * What may be put back now. Traffic goes first, and the test rule right after it. While requests
   * may still be on their way to the canary group its tasks must stay: a weight takes a moment to
   * show on every node of the balancer.
   */
  public static List<Part> due(Deployment deployment, List<Difference> differences, Instant now) {
    List<Part> parts = differences.stream().map(Difference::part).distinct().sorted().toList();
    if (parts.contains(Part.TRAFFIC)) {
      return List.of(Part.TRAFFIC);
    }
    Instant since = deployment.restoration().trafficSince();
    boolean settled = since != null && !now.isBefore(since.plusSeconds(settleSeconds(deployment)));
    if (settled && parts.size() > 1) {
      return parts.stream().filter(part -> part != Part.LOST).toList();
    }
    return settled ? parts : parts.stream().filter(part -> part == Part.TEST_TRAFFIC).toList();
  }

  /** The stable service as it was, with the tasks that it may have grown by within its bounds. */
  public static ServiceState wanted(Snapshot before, CurrentState is) {
    ServiceState was = before.stable();
    Service service = is.services().get(was.service());
    int desired = service == null ? 0 : Math.min(service.desired(), before.mostStableTasks());
    return new ServiceState(
        was.service(), was.taskDefinition(), Math.max(was.desiredCount(), desired));
  }

  /**
   * The weights have to show everywhere; and where visitors stick to a group, those whom the canary
   * one holds need its tasks until their cookie runs out.
   */
  private static int settleSeconds(Deployment deployment) {
    Snapshot was = deployment.snapshot();
    ListenerRule rule = new ListenerRule(deployment.release().ruleArn(), false, was.actions());
    int sticky = rule.forward().map(ForwardAction::stickySeconds).orElse(0);
    return Timings.SETTLE_SECONDS + sticky;
  }

  /** After the rule was written, or could not be: look at once, or when tasks may have started. */
  static Decision<Action> afterTrafficReturn(Deployment deployment, TrafficReturn.Action done) {
    int seconds =
        switch (done) {
          case TURN_BACK -> 1;
          case START_TASKS_FIRST -> Timings.POLL_SECONDS;
        };
    return new Decision<>(Action.ROLL_BACK, deployment.restoration().reason(), seconds);
  }

  /** After some parts were put back: how long to wait before looking whether it worked. */
  public static Decision<Action> afterPutBack(
      Deployment deployment, List<Difference> found, List<Part> done) {
    int unwritten = found.isEmpty() ? LOOK_AGAIN_SECONDS : settleSeconds(deployment);
    int seconds = done.isEmpty() ? unwritten : 1;
    return new Decision<>(Action.ROLL_BACK, deployment.restoration().reason(), seconds);
  }

  /**
   * RESTORED when all is equal and stays so, INCOMPLETE past the deadline, else ROLL_BACK once
   * more.
   */
  public static Decision<Action> decide(
      Deployment deployment, List<Difference> differences, Instant now) {
    String reason = deployment.restoration().reason();
    long waited = Duration.between(deployment.restoration().begun(), now).toSeconds();
    if (differences.isEmpty()) {
      boolean mayChange = deployment.takenOver() && waited < FUNCTION_TIMEOUT_SECONDS;
      return Decision.of(mayChange ? Action.ROLL_BACK : Action.RESTORED, reason);
    }
    return waited > Timings.RESTORE_DEADLINE_SECONDS + settleSeconds(deployment)
        ? Decision.of(Action.INCOMPLETE, RestoreReasons.pastDeadline(reason, waited, differences))
        : Decision.of(Action.ROLL_BACK, reason);
  }

  /** Without its lock a deployment touches nothing; the check that follows tells who has it. */
  static Decision<Action> withoutLock(Deployment deployment) {
    return new Decision<>(Action.ROLL_BACK, RestoreReasons.of(deployment), 1);
  }
}
