package io.crossfade.localaws.faults;

/** What happens to a call. */
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
   * Means that a read is answered as the last same read was that was not stale. A read that nobody
   * made before is answered as ever.
   */
  STALE,
  /** Means that the function's process dies just before the call; nothing has happened. */
  KILL_BEFORE,
  /** Means that what was asked for has happened and the function's process dies of it. */
  KILL_AFTER
}
