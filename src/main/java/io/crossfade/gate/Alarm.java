package io.crossfade.gate;

import static java.util.Objects.requireNonNull;

/**
 * An alarm as DescribeAlarms shows it.
 *
 * @param state OK, ALARM or INSUFFICIENT_DATA
 * @param evaluation null, or why the state cannot be trusted (PARTIAL_DATA, EVALUATION_ERROR, …)
 * @param reason CloudWatch's own sentence
 */
public record Alarm(String name, State state, String evaluation, String reason) {
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

  /** OK, and CloudWatch itself has no doubt about it. */
  public boolean trustedOk() {
    return state == State.OK && evaluation == null;
  }

  public String sentence() {
    String doubt = evaluation == null ? "" : " (" + evaluation + ")";
    return "%s is %s%s".formatted(name, state, doubt);
  }
}
