package io.crossfade.execution;

import java.util.Arrays;

/** What Step Functions says of an execution (DescribeExecution). */
public enum ExecutionStatus {
  /** RUNNING means it may still change something, or waits to be redriven. */
  RUNNING,
  /** SUCCEEDED means it came to its end: what it did is meant to stay. */
  SUCCEEDED,
  /** FAILED means it came to an end of its own, which its error names, or broke. */
  FAILED,
  /** TIMED_OUT means it was not over in time. */
  TIMED_OUT,
  /** ABORTED means somebody stopped it. */
  ABORTED,
  /** UNKNOWN means Step Functions does not know it, or not yet: answers lag behind. */
  UNKNOWN;

  /** Whether it is over and has not succeeded. */
  public boolean endedBadly() {
    return this == FAILED || this == TIMED_OUT || this == ABORTED;
  }

  static ExecutionStatus of(String status) {
    if (status.equals("PENDING_REDRIVE")) {
      return RUNNING;
    }
    return Arrays.stream(values())
        .filter(known -> known.name().equals(status))
        .findFirst()
        .orElse(UNKNOWN);
  }
}
