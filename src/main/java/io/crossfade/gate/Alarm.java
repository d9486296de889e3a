package io.crossfade.gate;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * An alarm as DescribeAlarms shows it.
 *
 * @param state OK, ALARM or INSUFFICIENT_DATA
 * @param evaluation null, or why the state cannot be trusted (PARTIAL_DATA, EVALUATION_ERROR, …)
 * @param reason CloudWatch's own sentence
 * @param changedAt when it last changed its state; null if CloudWatch does not say
 * @param firedAt when it last went to ALARM in the time that is looked at, even if it is OK again;
 *     null if it did not
 */
public record Alarm(
    String name,
    State state,
    String evaluation,
    String reason,
    Instant changedAt,
    Instant firedAt) {
  /** The three answers of CloudWatch, and one for what it may say one day. */
  public enum State {
    /** OK means the threshold is not breached. */
    OK,
    /** ALARM means it is. */
    ALARM,
    /** INSUFFICIENT_DATA means CloudWatch could not measure. */
    INSUFFICIENT_DATA,
    /** UNKNOWN means the answer was not one of the three. */
    UNKNOWN
  }

  public Alarm {
    requireNonNull(name);
    requireNonNull(state);
    reason = reason == null ? "" : reason;
  }

  public Alarm(String name, State state, String evaluation, String reason) {
    this(name, state, evaluation, reason, null, null);
  }

  Alarm fired(Instant at) {
    return new Alarm(name, state, evaluation, reason, changedAt, at);
  }

  /** Whether it may have been in ALARM since then: what has not changed state has not. */
  boolean mayHaveFiredSince(Instant since) {
    return state != State.ALARM && (changedAt == null || !changedAt.isBefore(since));
  }

  /** Whether it went to ALARM since then, whatever it was before. */
  boolean firedAnewSince(Instant since) {
    boolean isNew = state == State.ALARM && changedAt != null && changedAt.isAfter(since);
    return isNew || firedAt != null && firedAt.isAfter(since);
  }

  /** OK, and CloudWatch itself has no doubt about it. */
  public boolean trustedOk() {
    return state == State.OK && evaluation == null;
  }

  public String sentence() {
    String doubt = evaluation == null ? "" : " (" + evaluation + ")";
    return firedAt == null || state == State.ALARM
        ? "%s is %s%s".formatted(name, state, doubt)
        : "%s went to ALARM at %s and is %s%s".formatted(name, firedAt, state, doubt);
  }
}
