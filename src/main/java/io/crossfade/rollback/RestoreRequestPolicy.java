package io.crossfade.rollback;

import io.crossfade.execution.ExecutionStatus;
import io.crossfade.lock.Lock;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import java.util.Optional;

/** Decides whether a deployment may be restored by its id. */
final class RestoreRequestPolicy {
  /** Which way a deployment that is taken up goes. */
  enum Action implements Decision.Action {
    /** ROLL_BACK means everything is put back. */
    ROLL_BACK,
    /** FINISH means scale-in had begun, so the way out is forward. */
    FINISH
  }

  private RestoreRequestPolicy() {}

  /**
   * @param finishing whether scale-in had begun
   */
  static Decision<Action> decide(boolean finishing, String reason) {
    return finishing
        ? Decision.of(Action.FINISH, reason + "; scale-in had begun, so the way out is forward")
        : Decision.of(Action.ROLL_BACK, reason);
  }

  static String unknown(String id) {
    return "no deployment \"%s\" is stored, so there is nothing to go back to".formatted(id);
  }

  /**
   * Why it may not; empty if it may.
   *
   * @param original what became of the execution that the deployment began in
   * @param found the rule's lock; null if there is none
   * @param holder what became of the execution that has the lock
   * @param execution the execution that would restore
   */
  static Optional<String> refusal(
      Deployment stored,
      ExecutionStatus original,
      Lock found,
      ExecutionStatus holder,
      String execution) {
    String id = stored.id();
    if (original == ExecutionStatus.RUNNING) {
      return Optional.of("%s is still running (%s)".formatted(id, stored.execution()));
    }
    if (original == ExecutionStatus.SUCCEEDED && found != null && found.released()) {
      return Optional.of(
          "%s is over, and nothing of it is half done; release the older build to go back behind it"
              .formatted(id));
    }
    if (found == null || found.heldBy(id, execution)) {
      return Optional.empty();
    }
    if (!found.deployment().equals(id)) {
      return Optional.of(
          found.released()
              ? "%s has had the rule since; going back behind it would undo its work"
                  .formatted(found.holder())
              : "this rule is locked by %s".formatted(found.holder()));
    }
    return !found.released() && holder == ExecutionStatus.RUNNING
        ? Optional.of("%s is being restored already: %s".formatted(id, found.holder()))
        : Optional.empty();
  }
}
