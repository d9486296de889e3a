package io.crossfade.matrix;

import io.crossfade.localaws.faults.Fault;

/** What goes wrong. */
enum FaultKind {
  /** THROTTLED: more often than an SDK tries. */
  THROTTLED(Fault.THROTTLE, 4),
  /** FAILED_BEFORE: so often that every retry of the SDK and of most states is used up. */
  FAILED_BEFORE(Fault.FAIL_BEFORE, 30),
  /** FAILED_AFTER: it has happened, but nobody was told. */
  FAILED_AFTER(Fault.FAIL_AFTER, 1),
  /** HANGING: past the timeout of the call. */
  HANGING(Fault.HANG, 1),
  /** STALE: the answer is that of an earlier read. */
  STALE(Fault.STALE, 1),
  /** KILLED_BEFORE: the function's process dies before its last call of the state. */
  KILLED_BEFORE(Fault.KILL_BEFORE, 1),
  /** KILLED_AFTER: it dies after it. */
  KILLED_AFTER(Fault.KILL_AFTER, 1),
  /** ABORTED: somebody stops the execution, at the first call of the state where it makes any. */
  ABORTED(null, 1),
  /** TIMED_OUT: the execution runs out of time as it enters the state. */
  TIMED_OUT(null, 1),
  /** LOCK_LOST: another deployment has the rule's lock as the state is entered. */
  LOCK_LOST(null, 1),
  /** NOTHING: all is well. */
  NOTHING(null, 0);

  final Fault fault;
  final int times;

  FaultKind(Fault fault, int times) {
    this.fault = fault;
    this.times = times;
  }

  boolean failsACall() {
    return fault != null;
  }
}
