package io.crossfade.localaws.faults;

/** A failure of a call. */
public enum Fault {
  /** Means that the service answers that there were too many calls; nothing has happened. */
  THROTTLE,
  /** Means an internal error of the service; nothing has happened. */
  FAIL_BEFORE,
  /** Means that what was asked for has happened and the answer got lost with the connection. */
  FAIL_AFTER,
  /** Means that no answer ever comes; nothing has happened. */
  HANG,
  /**
   * Means that a read gets the same answer as the last equal read that was not stale. A first read
   * gets its normal answer.
   */
  STALE,
  /** Means that the function's process dies just before the call; nothing has happened. */
  KILL_BEFORE,
  /** Means that what was asked for has happened and the function's process dies of it. */
  KILL_AFTER
}
