package io.crossfade.guardian;

import io.crossfade.lock.Executions;
import io.crossfade.lock.Lock;
import io.crossfade.notify.Outcome;

/** Decides what the end of an execution calls for. */
final class GuardianPolicy {
  static final int MAX_ATTEMPTS = 3;

  private GuardianPolicy() {}

  /**
   * @param stored whether the deployment has a snapshot: without one it has changed nothing
   * @param lock its rule's lock; null if there is none
   * @param holder what became of the execution that has the lock
   */
  static GuardianAction decide(Ending ending, boolean stored, Lock lock, Executions.Status holder) {
    String id = ending.deployment();
    if (settled(ending)) {
      return GuardianAction.rest("%s %s", ending.execution(), ending.sentence());
    }
    if (!stored) {
      return GuardianAction.rest("%s has no snapshot, so it changed nothing", id);
    }
    if (lock == null || lock.released() || !lock.deployment().equals(id)) {
      return GuardianAction.rest("%s does not hold the lock of its rule", id);
    }
    boolean abandoned =
        lock.execution().equals(ending.execution()) || holder == Executions.Status.ENDED_BADLY;
    return abandoned
        ? next(ending)
        : GuardianAction.rest("%s is in the hands of %s", id, lock.execution());
  }

  /** A restore that was refused has changed nothing either, but what it should have put back is. */
  private static boolean settled(Ending ending) {
    return switch (ending.status()) {
      case RUNNING, SUCCEEDED -> true;
      case TIMED_OUT, ABORTED -> false;
      case FAILED ->
          ended(ending, Outcome.ROLLED_BACK)
              || ended(ending, Outcome.REFUSED) && ending.restored() == null;
    };
  }

  private static boolean ended(Ending ending, Outcome outcome) {
    return outcome.label().equals(ending.error());
  }

  private static GuardianAction next(Ending ending) {
    String what = "%s %s".formatted(ending.execution(), ending.sentence());
    return ending.attempt() < MAX_ATTEMPTS
        ? GuardianAction.restore(
            new RestoreAttempt(ending.deployment(), ending.attempt() + 1), what)
        : GuardianAction.page(
            "%d attempts to restore %s came to nothing, and no further one is made; the last was %s",
            ending.attempt(), ending.deployment(), what);
  }
}
