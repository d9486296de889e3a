package io.crossfade.gate;

import io.crossfade.fleet.CanaryCapacity;
import io.crossfade.fleet.CanaryHealth;
import io.crossfade.release.CheckOverride;
import io.crossfade.release.ComparedSteps;
import io.crossfade.release.Comparison;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Pause;
import io.crossfade.release.Phase;
import io.crossfade.release.Progress;
import io.crossfade.release.Step;
import io.crossfade.release.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides what the alarms mean for the step that is baking. Bad, unmeasurable and fine are three
 * answers.
 */
public final class AlarmPolicy {
  static final String HINT =
      "a metric that is silent when nothing fails needs TreatMissingData notBreaching";

  private AlarmPolicy() {}

  /** What the deployment does from then on. */
  static Phase phaseAfter(Action action) {
    return switch (action) {
      case WAIT, ADVANCE, ROLL_BACK -> Phase.BAKING;
      case CHECK -> Phase.CHECKING;
      case ASK -> Phase.AWAITING_APPROVAL;
      case SKIP_APPROVAL -> Phase.DRAINING;
    };
  }

  /** What is to be done about the step that is baking. */
  public enum Action implements Decision.Action {
    /** WAIT means the step bakes on, or is held. */
    WAIT,
    /** ADVANCE means it has baked; shift to the next. */
    ADVANCE,
    /** CHECK means it has baked, and one of its own checks has not passed. */
    CHECK,
    /** ASK means the last step has baked; a person decides. */
    ASK,
    /** SKIP_APPROVAL means it has baked and the input says that nobody is asked. */
    SKIP_APPROVAL,
    /** ROLL_BACK means something is wrong; put everything back. */
    ROLL_BACK
  }

  /**
   * The deployment with its bake begun when the weights were surely written: at the first look
   * after a shift that is the time which was waited for it. ShiftTraffic is entered once for all of
   * its retries, so that counting from there would take them off the bake.
   */
  static Deployment beginBake(Deployment deployment, Instant now) {
    Progress progress = deployment.progress();
    if (progress.phase() != Phase.SHIFTED) {
      return deployment;
    }
    int waited = deployment.step(progress.step()).firstLookSeconds();
    return deployment.with(progress.baking(now.minusSeconds(waited)));
  }

  /**
   * ROLL_BACK if the canary has no healthy target, on any alarm that is or was in ALARM since the
   * step began, if a named one is gone, or if the new version is clearly worse than the old one;
   * WAIT while the step bakes, while an alarm cannot be measured, a target is missing or too few
   * requests were seen (each with a deadline); then CHECK until its checks have passed, then
   * ADVANCE, and after the last step ASK, or SKIP_APPROVAL where the input says that nobody is to
   * be asked.
   */
  public static Decision<Action> decide(
      Deployment deployment, CanaryCapacity canary, List<Alarm> alarms, Instant now) {
    return reasonToStop(deployment, canary.health())
        .or(() -> reasonToStop(deployment, alarms))
        .or(() -> reasonToStop(deployment, deployment.progress().comparison().result()))
        .map(reason -> Decision.of(Action.ROLL_BACK, reason))
        .orElseGet(() -> decideBake(deployment, canary, alarms, now));
  }

  /**
   * No alarm need see a canary without targets: the load balancer's own 503 is no error of a
   * target, and a group without targets has no metrics.
   */
  private static Optional<String> reasonToStop(Deployment deployment, CanaryHealth canary) {
    return canary.absent()
        ? Optional.of(
            "at %s: no target of %s is healthy".formatted(place(deployment), canary.service()))
        : Optional.empty();
  }

  /**
   * Why the new version must not stay: an alarm fires that was not overridden, or one that watched
   * the release at its start is gone. Legal until the old version is gone.
   */
  public static Optional<String> reasonToStop(Deployment deployment, List<Alarm> alarms) {
    List<String> gone = missing(deployment.watched(), alarms);
    return gone.isEmpty()
        ? firing(deployment, alarms)
        : Optional.of("CloudWatch does not know the alarm " + String.join(", ", gone));
  }

  /** Why the new version must not stay though no alarm fires. */
  public static Optional<String> reasonToStop(Deployment deployment, Comparison comparison) {
    return comparison.worse()
        ? Optional.of("at %s: %s".formatted(place(deployment), comparison.sentence()))
        : Optional.empty();
  }

  private static Optional<String> firing(Deployment deployment, List<Alarm> alarms) {
    List<Alarm> firing =
        firing(alarms).stream()
            .filter(a -> !overridden(deployment, a) && !notYetMeasured(deployment, a))
            .filter(a -> !mayBeOfTheReverted(deployment, a))
            .toList();
    return firing.isEmpty()
        ? Optional.empty()
        : Optional.of("at %s: %s".formatted(place(deployment), tell(firing)));
  }

  /**
   * An alarm that fired before the start may go on firing, if that was let pass on the record. One
   * that was OK in between fires anew.
   */
  private static boolean overridden(Deployment deployment, Alarm alarm) {
    return deployment.release().overrides(CheckOverride.Check.ALARM_ALREADY_FIRING)
        && deployment.snapshot().firing().contains(alarm.name())
        && !alarm.firedAnewSince(deployment.snapshot().takenAt());
  }

  /**
   * An alarm of the canary alone may have fired because there was nothing to measure. It is held
   * against the canary once it has had time to clear.
   */
  private static boolean notYetMeasured(Deployment deployment, Alarm alarm) {
    return alarm.firesSinceBefore(
        deployment.target().canary().dimension(), deployment.progress().trafficSince());
  }

  /**
   * Whether it may be the version that a revert takes back which makes it fire: that one has
   * traffic, or had until a moment ago. What measures the version of before alone counts at once.
   */
  private static boolean mayBeOfTheReverted(Deployment deployment, Alarm alarm) {
    if (deployment.release().revert() == null
        || alarm.measuresOnly(deployment.target().canary().dimension())) {
      return false;
    }
    Progress progress = deployment.progress();
    return progress.weights().stable() > 0
        || !alarm.firedAnewSince(progress.since().plusSeconds(Step.ALARM_SECONDS));
  }

  /** It has had its time to clear by then, unless it fired before the start and never stopped. */
  private static boolean mustClearAfterRevert(Deployment deployment, Alarm alarm) {
    return mayBeOfTheReverted(deployment, alarm)
        && deployment.progress().weights().stable() == 0
        && alarm.state() == Alarm.State.ALARM
        && !alarm.setAside()
        && !overridden(deployment, alarm);
  }

  private static Decision<Action> decideBake(
      Deployment deployment, CanaryCapacity canary, List<Alarm> alarms, Instant now) {
    if (deployment.commands().pause() != null) {
      return hold(deployment, canary, deployment.commands().pause(), now);
    }
    long elapsed = Duration.between(deployment.progress().since(), now).toSeconds();
    List<Alarm> doubtful =
        alarms.stream()
            .filter(
                a ->
                    doubtful(a)
                        || notYetMeasured(deployment, a)
                        || mustClearAfterRevert(deployment, a))
            .toList();
    long left = secondsLeft(now, deployment.bakeEnds());
    if (left > 0) {
      return new Decision<>(
          Action.WAIT,
          "%s bakes %d s more; %s".formatted(place(deployment), left, tell(alarms)),
          (int) Math.min(left, untilNextLook(elapsed)));
    }
    boolean full = canary.state() == CanaryCapacity.State.FULL;
    if (full && doubtful.isEmpty()) {
      return endBake(deployment, elapsed, -left, alarms);
    }
    if (canary.state() == CanaryCapacity.State.LOST || doubtful.isEmpty()) {
      return holdForTargets(deployment, canary, -left);
    }
    if (-left > Timings.NO_DATA_DEADLINE_SECONDS) {
      return Decision.of(
          Action.ROLL_BACK,
          "could not be measured for %d s past the bake: %s (%s)"
              .formatted(-left, tell(doubtful), HINT));
    }
    return held(deployment, tell(doubtful));
  }

  private static Decision<Action> held(Deployment deployment, String why) {
    return new Decision<>(
        Action.WAIT, "%s is held: %s".formatted(place(deployment), why), Timings.POLL_SECONDS);
  }

  /**
   * Nobody's answer is no yes: a pause that nobody ends is a rollback, as a question is that nobody
   * answers.
   */
  private static Decision<Action> hold(
      Deployment deployment, CanaryCapacity canary, Pause pause, Instant now) {
    long left = secondsLeft(now, pause.until());
    if (canary.state() == CanaryCapacity.State.LOST) {
      return Decision.of(
          Action.ROLL_BACK, canary.shortfall("while %s is paused".formatted(place(deployment))));
    }
    if (left <= 0) {
      return Decision.of(
          Action.ROLL_BACK, pause.sentence() + "; nobody has continued it until " + pause.until());
    }
    return new Decision<>(
        Action.WAIT,
        "%s is %s".formatted(place(deployment), pause.sentence()),
        (int) Math.min(left, Timings.POLL_SECONDS));
  }

  /** A second that has begun is left: what ends then has not ended before. */
  private static long secondsLeft(Instant now, Instant end) {
    return Duration.between(now, end).plusSeconds(1).minusNanos(1).toSeconds();
  }

  /** What a shift does wrong shows within the time that its alarm needs. */
  private static int untilNextLook(long elapsed) {
    return elapsed < Step.ALARM_SECONDS ? Timings.POLL_SECONDS : Timings.LATE_POLL_SECONDS;
  }

  /** A step is held once, however many reasons there are: an execution's history must hold it. */
  private static Decision<Action> holdForTargets(
      Deployment deployment, CanaryCapacity canary, long held) {
    String shortfall = canary.shortfall("before %s is over".formatted(place(deployment)));
    long longest = Math.max(Timings.NO_DATA_DEADLINE_SECONDS, canary.recoverySeconds());
    return canary.state() == CanaryCapacity.State.LOST || held > longest
        ? Decision.of(Action.ROLL_BACK, shortfall)
        : held(deployment, shortfall);
  }

  private static String counted(List<Alarm> alarms) {
    List<Alarm> aside = alarms.stream().filter(Alarm::setAside).toList();
    String fine = "%d alarms and counts OK".formatted(alarms.size() - aside.size());
    return aside.isEmpty() ? fine : fine + "; " + tell(aside);
  }

  private static Decision<Action> endBake(
      Deployment deployment, long elapsed, long held, List<Alarm> alarms) {
    ComparedSteps compared = deployment.progress().comparison();
    int needed = deployment.release().minRequests();
    boolean few = compared.seen() < needed;
    // The step was held for them before it came to its checks.
    boolean awaited = !deployment.checkedInStep() && held <= Timings.NO_DATA_DEADLINE_SECONDS;
    if (few && awaited) {
      return held(deployment, "it has seen %d of %d requests".formatted(compared.seen(), needed));
    }
    String baked =
        "%s baked %d s with %s%s; %s"
            .formatted(
                place(deployment),
                elapsed,
                counted(alarms),
                few ? " and only %d of %d requests".formatted(compared.seen(), needed) : "",
                compared.result().sentence());
    if (deployment.dueCheck().isPresent()) {
      return Decision.of(Action.CHECK, baked);
    }
    if (!deployment.onLastStep()) {
      return Decision.of(Action.ADVANCE, baked);
    }
    return deployment.release().approval().skip()
        ? Decision.of(Action.SKIP_APPROVAL, baked + "; nobody is asked: the release skips approval")
        : Decision.of(Action.ASK, baked);
  }

  private static boolean doubtful(Alarm alarm) {
    return alarm.state() != Alarm.State.ALARM && !alarm.trustedOk() && !alarm.setAside();
  }

  public static List<Alarm> firing(List<Alarm> alarms) {
    return alarms.stream()
        .filter(alarm -> !alarm.setAside())
        .filter(alarm -> alarm.state() == Alarm.State.ALARM || alarm.firedAt() != null)
        .toList();
  }

  public static List<String> missing(List<String> named, List<Alarm> alarms) {
    List<String> found = alarms.stream().map(Alarm::name).toList();
    return named.stream().filter(name -> !found.contains(name)).toList();
  }

  public static String tell(List<Alarm> alarms) {
    return alarms.isEmpty()
        ? "no alarm is watched"
        : alarms.stream()
            .map(
                a ->
                    a.reason().isEmpty() || a.trustedOk()
                        ? a.sentence()
                        : a.sentence() + ": " + a.reason())
            .collect(Collectors.joining("; "));
  }

  private static String place(Deployment deployment) {
    return "the step at %d %%".formatted(deployment.progress().weights().canary());
  }
}
