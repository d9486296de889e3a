package io.crossfade.execution;

/** Executions of the state machine. */
public interface Executions {
  /** UNKNOWN if there is no such execution. */
  ExecutionStatus status(String executionArn);

  /**
   * @throws io.crossfade.release.PermanentFailure if there is no such execution
   */
  Execution find(String executionArn);

  /**
   * Starts a restore on that state machine.
   *
   * @return false if it was started before, for which nothing is done
   */
  boolean start(String machineArn, RestoreAttempt attempt);
}
