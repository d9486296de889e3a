package io.crossfade.gate;

import io.crossfade.release.CheckOverride;
import io.crossfade.release.Deployment;
import io.crossfade.release.Step;
import io.crossfade.release.Timings;
import io.crossfade.release.Verdict;
import io.crossfade.release.Verdict.Action;
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

  /**
   * The deployment with its step begun when the weights were surely written: at the first look
   * after a shift that is the time which was waited for it. ShiftTraffic is entered once for all of
   * its retries, so that counting from there would take them off the bake.
   */
  static Deployment begun(Deployment deployment, Instant now) {
    Verdict last = deployment.verdict();
    Instant written = now.minusSeconds(last.waitSeconds());
    boolean firstLook = last.action() == Action.PROCEED;
    return firstLook && written.isAfter(deployment.progress().since())
        ? deployment.with(deployment.progress().sinceThen(written))
        : deployment;
  }

  /**
   * ROLL_BACK on any alarm that is or was in ALARM since the step began, or a named one that is
   * gone; WAIT while the step bakes, or while an alarm cannot be measured (with a deadline); then
   * ADVANCE, and after the last step ASK, or PROCEED where the input says that nobody is to be
   * asked.
   */
  public static Verdict decide(Deployment deployment, List<Alarm> alarms, Instant now) {
    return stop(deployment, alarms).orElseGet(() -> baked(deployment, alarms, now));
  }

  /**
   * ROLL_BACK if nobody can answer what the new version is sent. No alarm need see that: the load
   * balancer's own 503 is no error of a target, and a group without targets has no metrics.
   */
  static Optional<Verdict> emptied(Deployment deployment, int healthy) {
    return healthy > 0
        ? Optional.empty()
        : Optional.of(
            Verdict.of(
                Action.ROLL_BACK,
                "at %s: no target of %s is healthy"
                    .formatted(place(deployment), deployment.target().canary().service())));
  }

  /**
   * ROLL_BACK if an alarm fires that was not overridden, or one that watched the release at its
   * start is gone; legal until the old version is gone.
   */
  public static Optional<Verdict> stop(Deployment deployment, List<Alarm> alarms) {
    List<String> gone = missing(deployment.watched(), alarms);
    return gone.isEmpty()
        ? fired(deployment, alarms)
        : Optional.of(
            Verdict.of(Action.ROLL_BACK, "CloudWatch does not know the alarm " + join(gone)));
  }

  private static Optional<Verdict> fired(Deployment deployment, List<Alarm> alarms) {
    List<Alarm> firing = firing(alarms).stream().filter(a -> !overridden(deployment, a)).toList();
    return firing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Verdict.of(Action.ROLL_BACK, "at %s: %s".formatted(place(deployment), tell(firing))));
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

  private static Verdict baked(Deployment deployment, List<Alarm> alarms, Instant now) {
    Timings pace = deployment.pace();
    Step step = deployment.step(deployment.progress().step());
    long elapsed = Duration.between(deployment.progress().since(), now).toSeconds();
    List<Alarm> doubtful = alarms.stream().filter(AlarmPolicy::doubtful).toList();
    long left = step.bakeSeconds() - elapsed;
    if (left > 0) {
      return Verdict.waitFor(
          (int) Math.min(left, pace.pollSeconds()),
          "%s bakes %d s more; %s".formatted(place(deployment), left, tell(alarms)));
    }
    if (doubtful.isEmpty()) {
      return onwards(
          deployment,
          "%s baked %d s with %d alarms OK".formatted(place(deployment), elapsed, alarms.size()));
    }
    if (-left > pace.noDataDeadlineSeconds()) {
      return Verdict.of(
          Action.ROLL_BACK,
          "could not be measured for %d s past the bake: %s (%s)"
              .formatted(-left, tell(doubtful), HINT));
    }
    return Verdict.waitFor(
        pace.pollSeconds(), "%s is held: %s".formatted(place(deployment), tell(doubtful)));
  }

  private static Verdict onwards(Deployment deployment, String baked) {
    if (!deployment.onLastStep()) {
      return Verdict.of(Action.ADVANCE, baked);
    }
    return deployment.release().approval().skip()
        ? Verdict.of(Action.PROCEED, baked + "; nobody is asked: the input says approval skip")
        : Verdict.of(Action.ASK, baked);
  }

  private static boolean doubtful(Alarm alarm) {
    return alarm.state() != Alarm.State.ALARM && !alarm.trustedOk();
  }

  public static List<Alarm> firing(List<Alarm> alarms) {
    return alarms.stream()
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

  private static String join(List<String> names) {
    return String.join(", ", names);
  }

  private static String place(Deployment deployment) {
    return "the step at %d %%".formatted(deployment.progress().weights().canary());
  }
}
