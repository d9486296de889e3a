package io.crossfade.lock;

/** Executions of the state machine. */
public interface Executions {
  /** What Step Functions says of an execution. */
  enum Status {
    /** RUNNING means it may still change something. */
    RUNNING,
    /** SUCCEEDED means it came to its end: what it did is meant to stay. */
    SUCCEEDED,
    /** ENDED_BADLY means it failed, timed out or was stopped. */
    ENDED_BADLY,
    /** UNKNOWN means Step Functions does not know it, or not yet: answers lag behind. */
    UNKNOWN
  }

  Status of(String executionArn);
}
