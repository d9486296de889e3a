package io.crossfade.guardian;

import static java.util.Objects.requireNonNull;

import io.crossfade.execution.RestoreAttempt;

/** What is left to do when an execution has ended. */
sealed interface GuardianAction {
  /** Why, in a sentence. */
  String reason();

  /** Nothing is left to do. */
  record DoNothing(String reason) implements GuardianAction {
    public DoNothing {
      requireNonNull(reason);
    }
  }

  /** The deployment is to be restored. */
  record StartRestore(RestoreAttempt attempt, String reason) implements GuardianAction {
    public StartRestore {
      requireNonNull(attempt);
      requireNonNull(reason);
    }
  }

  /** A person is called, for no further attempt is made. */
  record CallPerson(String reason) implements GuardianAction {
    public CallPerson {
      requireNonNull(reason);
    }
  }
}
