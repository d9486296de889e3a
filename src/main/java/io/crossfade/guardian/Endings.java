package io.crossfade.guardian;

/** Executions that are over, and those that take them up. */
public interface Endings {
  Ending of(String executionArn);

  /**
   * Starts a restore on that machine.
   *
   * @return false if it was started before, for which nothing is done
   */
  boolean start(String machine, RestoreAttempt attempt);
}
