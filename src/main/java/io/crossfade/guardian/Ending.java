package io.crossfade.guardian;

import static java.util.Objects.requireNonNull;

import io.crossfade.release.CaughtError;

/**
 * How an execution ended.
 *
 * @param machine its state machine's ARN
 * @param execution its ARN
 * @param error null where there is none
 * @param restored the deployment that its input asked to restore; null for a release
 * @param attempt which one its input said it was; 0 where it said nothing, as by hand
 */
public record Ending(
    String machine,
    String execution,
    Status status,
    String error,
    String cause,
    String restored,
    int attempt) {
  /** What Step Functions says of an execution. */
  public enum Status {
    /** RUNNING means it is not over, or Step Functions does not say so yet. */
    RUNNING,
    /** SUCCEEDED means what it did is meant to stay. */
    SUCCEEDED,
    /** FAILED means it came to an end of its own, which its error names, or broke. */
    FAILED,
    /** TIMED_OUT means it was not over in time. */
    TIMED_OUT,
    /** ABORTED means somebody stopped it. */
    ABORTED
  }

  public Ending {
    requireNonNull(machine);
    requireNonNull(execution);
    requireNonNull(status);
  }

  /** A release's id is its execution's name. */
  String deployment() {
    return restored == null ? execution.substring(execution.lastIndexOf(':') + 1) : restored;
  }

  /** Whether it is a restore that a person has started. */
  boolean byHand() {
    return restored != null && attempt == 0;
  }

  boolean over() {
    return status != Status.RUNNING;
  }

  String sentence() {
    return switch (status) {
      case RUNNING -> "runs";
      case SUCCEEDED -> "succeeded";
      case FAILED -> "failed with %s: %s".formatted(error, CaughtError.sentence(error, cause));
      case TIMED_OUT -> "timed out";
      case ABORTED -> "was stopped";
    };
  }
}
