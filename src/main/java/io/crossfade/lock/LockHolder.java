package io.crossfade.lock;

import static java.util.Objects.requireNonNull;

import io.crossfade.execution.ExecutionStatus;

/** What is known of a lock's holder. */
public record LockHolder(ExecutionStatus status, Remains remains) {
  /** What a holder that ended badly has left behind. */
  public enum Remains {
    /** NOTHING_STORED means it had no snapshot yet, so it changed nothing. */
    NOTHING_STORED,
    /** AS_IT_WAS means nothing differs from its snapshot now. */
    AS_IT_WAS,
    /** DIFFERENT means something does. */
    DIFFERENT,
    /** UNSEEN means it was not looked at, because it does not matter. */
    UNSEEN
  }

  public LockHolder {
    requireNonNull(status);
    requireNonNull(remains);
  }
}
