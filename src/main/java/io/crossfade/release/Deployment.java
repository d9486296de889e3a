package io.crossfade.release;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The deployment document: the whole input and the whole output of every state.
 *
 * @param id the execution's name
 * @param execution the execution's ARN
 * @param release null only in a document that was refused before it could be read
 * @param target null until planned
 * @param snapshot null until planned
 * @param taskDefinition full ARN of the new revision, null until registered
 * @param restoration null unless things are being put back
 * @param error what a Catch of the state machine put here: {@code Error} and {@code Cause}
 * @param timeline what happened, oldest first
 */
public record Deployment(
    String id,
    String execution,
    Release release,
    Timings pace,
    DeploymentTarget target,
    Snapshot snapshot,
    String taskDefinition,
    Progress progress,
    Verdict verdict,
    Restoration restoration,
    Map<String, String> error,
    List<TimelineEvent> timeline) {
  /** Older lines go first, so that the document stays far below the 262,144 bytes of a payload. */
  static final int MAX_EVENTS = 200;

  static final int MAX_EVENT_CHARS = 400;

  public Deployment {
    requireNonNull(id);
    requireNonNull(verdict);
    error = error == null ? Map.of() : Map.copyOf(error);
    timeline = timeline == null ? List.of() : List.copyOf(timeline);
  }

  public static Deployment refused(String id, String execution, String reason) {
    Verdict verdict = Verdict.of(Verdict.Action.REFUSE, reason);
    return new Deployment(
        id, execution, null, Timings.DEFAULT, null, null, null, null, verdict, null, null, null);
  }

  /** The same deployment in another execution's hands. */
  public Deployment in(String otherExecution) {
    return new Deployment(
        id,
        otherExecution,
        release,
        pace,
        target,
        snapshot,
        taskDefinition,
        progress,
        verdict,
        restoration,
        error,
        timeline);
  }

  /** Whether another execution than the one it began in works on it. */
  public boolean takenOver() {
    return !execution.endsWith(":" + id);
  }

  /** The alarms that its release names, and those that were found for it at the start. */
  public List<String> watched() {
    return Stream.concat(release.alarms().stream(), snapshot.watched().stream())
        .distinct()
        .toList();
  }

  public Step step(int index) {
    return release.steps().get(index);
  }

  public boolean onLastStep() {
    return progress.step() == release.steps().size() - 1;
  }

  public Deployment with(Verdict next) {
    return copy(taskDefinition, progress, next, restoration, timeline);
  }

  public Deployment with(Progress next) {
    return copy(taskDefinition, next, verdict, restoration, timeline);
  }

  public Deployment with(Restoration next) {
    return copy(taskDefinition, progress, verdict, next, timeline);
  }

  public Deployment withTaskDefinition(String arn) {
    return copy(arn, progress, verdict, restoration, timeline);
  }

  /** Takes a verdict; unless it only says to wait, its reason goes into the story. */
  public Deployment decided(Verdict next, Instant now) {
    boolean worthTelling = next.action() != Verdict.Action.WAIT;
    return worthTelling ? with(next).happened(next.reason(), now) : with(next);
  }

  public Deployment happened(String what, Instant now) {
    List<TimelineEvent> lines = new ArrayList<>(timeline);
    lines.add(new TimelineEvent(now, shortened(what)));
    int surplus = Math.max(0, lines.size() - MAX_EVENTS);
    List<TimelineEvent> newest = lines.subList(surplus, lines.size());
    return copy(taskDefinition, progress, verdict, restoration, newest);
  }

  private static String shortened(String what) {
    return what.length() <= MAX_EVENT_CHARS ? what : what.substring(0, MAX_EVENT_CHARS) + "…";
  }

  private Deployment copy(
      String revision,
      Progress next,
      Verdict said,
      Restoration restoring,
      List<TimelineEvent> lines) {
    return new Deployment(
        id, execution, release, pace, target, snapshot, revision, next, said, restoring, error,
        lines);
  }
}
