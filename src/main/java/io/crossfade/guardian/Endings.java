package io.crossfade.guardian;

/** Executions that are over, and those that take them up. */
public interface Endings {
  Ending of(String executionArn);

  /** Starts a restore on that machine; does nothing if it was started before. */
  void start(String machine, Attempt attempt);
}
