package io.crossfade.guardian;

import static java.util.Objects.requireNonNull;

/**
 * What is left to do when an execution has ended.
 *
 * @param next null unless there is one to start
 */
record GuardianAction(Move move, String reason, RestoreAttempt next) {
  enum Move {
    /** REST means nothing is left to do. */
    REST,
    /** RESTORE means the deployment is to be restored. */
    RESTORE,
    /** PAGE means a person is called, for no further attempt is made. */
    PAGE
  }

  GuardianAction {
    requireNonNull(move);
    requireNonNull(reason);
  }

  static GuardianAction rest(String sentence, Object... values) {
    return new GuardianAction(Move.REST, sentence.formatted(values), null);
  }

  static GuardianAction restore(RestoreAttempt next, String reason) {
    return new GuardianAction(Move.RESTORE, reason, requireNonNull(next));
  }

  static GuardianAction page(String sentence, Object... values) {
    return new GuardianAction(Move.PAGE, sentence.formatted(values), null);
  }
}
