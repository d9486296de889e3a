package io.crossfade.execution;

import static java.util.Objects.requireNonNull;

import io.crossfade.release.CaughtError;
import io.crossfade.release.ExecutionArn;

/**
 * An execution of the state machine.
 *
 * @param machine its state machine's ARN
 * @param arn its own
 * @param error null where there is none
 * @param restored the deployment that its input asked to restore; null for a release
 * @param attempt which one its input said it was; 0 where it said nothing, as by hand
 */
public record Execution(
    String machine,
    String arn,
    ExecutionStatus status,
    String error,
    String cause,
    String restored,
    int attempt) {
  public Execution {
    requireNonNull(machine);
    requireNonNull(arn);
    requireNonNull(status);
  }

  /** The deployment that it works on. */
  public String deployment() {
    return restored == null ? ExecutionArn.name(arn) : restored;
  }

  /** Whether it is a restore that a person has started. */
  public boolean byHand() {
    return restored != null && attempt == 0;
  }

  /** How it ended, in words that follow its ARN. */
  public String sentence() {
    return switch (status) {
      case RUNNING -> "runs";
      case SUCCEEDED -> "succeeded";
      case FAILED -> "failed with %s: %s".formatted(error, CaughtError.sentence(error, cause));
      case TIMED_OUT -> "timed out";
      case ABORTED -> "was stopped";
      case UNKNOWN -> "is not known to Step Functions";
    };
  }
}
