package io.crossfade.approval;

import io.crossfade.release.Deployment;

/** The task that waits in the state machine. */
public interface TaskCallbacks {
  /** What became of an answer. */
  enum Result {
    /** TAKEN means the execution goes on with it. */
    TAKEN,
    /** GONE means nothing waits under this token any more: answered, timed out or stopped. */
    GONE
  }

  Result succeed(String token, Deployment output);

  Result fail(String token, String error, String cause);
}
