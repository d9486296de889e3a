package io.crossfade.guardian;

import io.crossfade.execution.Execution;
import io.crossfade.execution.ExecutionStatus;
import io.crossfade.execution.RestoreAttempt;
import io.crossfade.guardian.GuardianAction.CallPerson;
import io.crossfade.guardian.GuardianAction.DoNothing;
import io.crossfade.guardian.GuardianAction.StartRestore;
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
  static GuardianAction decide(Execution ended, boolean stored, Lock lock, ExecutionStatus holder) {
    String id = ended.deployment();
    if (settled(ended)) {
      return new DoNothing("%s %s".formatted(ended.arn(), ended.sentence()));
    }
    if (!stored) {
      return new DoNothing("%s has no snapshot, so it changed nothing".formatted(id));
    }
    if (lock == null || lock.released() || !lock.deployment().equals(id)) {
      return new DoNothing("%s does not hold the lock of its rule".formatted(id));
    }
    boolean abandoned = lock.execution().equals(ended.arn()) || holder.endedBadly();
    return abandoned
        ? nextAttempt(ended)
        : new DoNothing("%s is in the hands of %s".formatted(id, lock.execution()));
  }

  /** A restore that was refused has changed nothing either, but what it should have put back is. */
  private static boolean settled(Execution ended) {
    return switch (ended.status()) {
      case RUNNING, SUCCEEDED, UNKNOWN -> true;
      case TIMED_OUT, ABORTED -> false;
      case FAILED ->
          endedAs(ended, Outcome.ROLLED_BACK)
              || endedAs(ended, Outcome.REFUSED) && ended.restored() == null;
    };
  }

  private static boolean endedAs(Execution ended, Outcome outcome) {
    return outcome.label().equals(ended.error());
  }

  private static GuardianAction nextAttempt(Execution ended) {
    String what = "%s %s".formatted(ended.arn(), ended.sentence());
    return ended.attempt() < MAX_ATTEMPTS
        ? new StartRestore(new RestoreAttempt(ended.deployment(), ended.attempt() + 1), what)
        : new CallPerson(
            "%d attempts to restore %s came to nothing, and no further one is made; the last was %s"
                .formatted(ended.attempt(), ended.deployment(), what));
  }
}
