package io.crossfade.release;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The deployment document: the whole input and the whole output of every state.
 *
 * @param id the execution's name
 * @param execution the execution's ARN
 * @param release null only in a document that was refused before it could be read
 * @param target null until planned
 * @param snapshot null until planned
 * @param taskDefinition full ARN of the revision that the canary gets, null until registered
 * @param approval null until a person has approved
 * @param restoration null unless things are being put back
 * @param commands what people's commands have made of it
 * @param error what a Catch of the state machine put here: {@code Error} and {@code Cause}
 * @param timeline what happened, oldest first
 * @param calls how many requests the states have sent to AWS, by operation
 */
public record Deployment(
    String id,
    String execution,
    Release release,
    DeploymentTarget target,
    Snapshot snapshot,
    String taskDefinition,
    Progress progress,
    Verdict verdict,
    Approval approval,
    Restoration restoration,
    CommandState commands,
    Map<String, String> error,
    List<TimelineEvent> timeline,
    Map<String, Integer> calls) {
  /** Older lines go first, so that the document stays far below the 262,144 bytes of a payload. */
  static final int MAX_EVENTS = 200;

  static final int MAX_EVENT_CHARS = 400;

  /** Of another deployment's id, so that the outcome has its place in a subject, too. */
  private static final int MAX_TITLE_ID_CHARS = 40;

  public Deployment {
    requireNonNull(id);
    requireNonNull(verdict);
    commands = commands == null ? CommandState.NONE : commands;
    error = error == null ? Map.of() : Map.copyOf(error);
    timeline = timeline == null ? List.of() : List.copyOf(timeline);
    calls = calls == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(calls));
  }

  /** The one action of a refusal. */
  public enum Refusal implements Decision.Action {
    /** REFUSE means nothing was touched and nothing will be. */
    REFUSE
  }

  public static Deployment refused(String id, String execution, String reason) {
    return new Deployment(
        id,
        execution,
        null,
        null,
        null,
        null,
        null,
        Decision.of(Refusal.REFUSE, reason).verdict(),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** What people call it: the service, or the id of one that was refused before it was read. */
  public String title() {
    if (release == null) {
      return id;
    }
    return release.revert() == null
        ? release.baseServiceName()
        : "%s (revert of %s)"
            .formatted(
                release.baseServiceName(),
                ShortText.beginning(release.revert().deployment(), MAX_TITLE_ID_CHARS));
  }

  /** The same deployment, continued by another execution. */
  public Deployment continuedBy(String otherExecution) {
    return new Deployment(
        id,
        otherExecution,
        release,
        target,
        snapshot,
        taskDefinition,
        progress,
        verdict,
        approval,
        restoration,
        commands,
        error,
        timeline,
        calls);
  }

  /** Whether another execution than the one it began in works on it. */
  public boolean takenOver() {
    return !ExecutionArn.name(execution).equals(id);
  }

  /** The alarms that its release names, and those that were found for it so far. */
  public List<String> watched() {
    return Stream.of(release.alarms(), snapshot.watched(), progress.sweep().found())
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  public Step step(int index) {
    return release.steps().get(index);
  }

  /**
   * When the present step has baked: by its own time, unless a command has said otherwise, and not
   * before the last look at one of its checks.
   */
  public Instant bakeEnds() {
    boolean moved = commands.bakeEnds() != null && commands.step() == progress.step();
    Instant baked =
        moved
            ? commands.bakeEnds()
            : progress.since().plusSeconds(step(progress.step()).bakeSeconds());
    Instant checked = progress.checks().seen();
    return checked == null || checked.isBefore(baked) ? baked : checked;
  }

  /** Whether a check was looked at since the present weights were written. */
  public boolean checkedInStep() {
    Instant checked = progress.checks().seen();
    return checked != null && checked.isAfter(progress.since());
  }

  /** The check that must pass before the next weight is written; empty if none is left. */
  public Optional<ReleaseCheck> dueCheck() {
    int next = progress.checks().passed();
    return release.checks().stream()
        .skip(next)
        .findFirst()
        .filter(check -> release.stepOf(check) <= progress.step());
  }

  public boolean onLastStep() {
    return progress.step() == release.steps().size() - 1;
  }

  public Deployment with(Verdict next) {
    return copy(taskDefinition, progress, next, approval, restoration, commands, timeline, calls);
  }

  public Deployment with(Decision<?> next) {
    return with(next.verdict());
  }

  public Deployment with(Progress next) {
    return copy(taskDefinition, next, verdict, approval, restoration, commands, timeline, calls);
  }

  public Deployment with(Restoration next) {
    return copy(taskDefinition, progress, verdict, approval, next, commands, timeline, calls);
  }

  public Deployment with(Approval next) {
    return copy(taskDefinition, progress, verdict, next, restoration, commands, timeline, calls);
  }

  public Deployment with(CommandState next) {
    return copy(taskDefinition, progress, verdict, approval, restoration, next, timeline, calls);
  }

  public Deployment withTaskDefinition(String arn) {
    return copy(arn, progress, verdict, approval, restoration, commands, timeline, calls);
  }

  /** Whether it has failed because nobody answered the question. After an answer, nothing has. */
  public boolean unanswered() {
    return progress != null
        && progress.phase() == Phase.AWAITING_APPROVAL
        && approval == null
        && CaughtError.TIMEOUT.equals(error.get("Error"));
  }

  /** Where a Catch came before, the state machine has no reason to give; the error has. */
  public Deployment withReasonOfError() {
    return verdict.caught()
        ? with(
            new Verdict(
                verdict.action(), CaughtError.sentence(error), verdict.waitSeconds(), false))
        : this;
  }

  /** Takes a decision; unless it is to wait, its reason goes into the timeline. */
  public Deployment recordDecision(Decision<?> decision, Instant now) {
    Verdict next = decision.verdict();
    return next.waits() ? with(next) : with(next).recordEvent(next.reason(), now);
  }

  /** Adds a line to the timeline; the oldest lines make room for it. */
  public Deployment recordEvent(String what, Instant now) {
    List<TimelineEvent> lines = new ArrayList<>(timeline);
    Weights weights = progress == null ? null : progress.weights();
    lines.add(new TimelineEvent(now, shortened(what), weights));
    int surplus = Math.max(0, lines.size() - MAX_EVENTS);
    List<TimelineEvent> newest = lines.subList(surplus, lines.size());
    return copy(taskDefinition, progress, verdict, approval, restoration, commands, newest, calls);
  }

  /**
   * @param more requests to AWS, by operation
   */
  public Deployment withCalls(Map<String, Integer> more) {
    Map<String, Integer> sum = new TreeMap<>(calls);
    more.forEach((operation, count) -> sum.merge(operation, count, Integer::sum));
    return copy(taskDefinition, progress, verdict, approval, restoration, commands, timeline, sum);
  }

  private static String shortened(String what) {
    return what.length() <= MAX_EVENT_CHARS
        ? what
        : ShortText.beginning(what, MAX_EVENT_CHARS) + "…";
  }

  private Deployment copy(
      String revision,
      Progress reached,
      Verdict decided,
      Approval approvedBy,
      Restoration restoring,
      CommandState commanded,
      List<TimelineEvent> lines,
      Map<String, Integer> counts) {
    return new Deployment(
        id,
        execution,
        release,
        target,
        snapshot,
        revision,
        reached,
        decided,
        approvedBy,
        restoring,
        commanded,
        error,
        lines,
        counts);
  }
}
