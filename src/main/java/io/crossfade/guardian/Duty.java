package io.crossfade.guardian;

import static java.util.Objects.requireNonNull;

/**
 * What is left to do when an execution has ended.
 *
 * @param next null unless there is one to start
 */
record Duty(Move move, String reason, Attempt next) {
  enum Move {
    /** REST means nothing is left to do. */
    REST,
    /** RESTORE means the deployment is to be restored. */
    RESTORE,
    /** PAGE means a person is called, for no further attempt is made. */
    PAGE
  }

  Duty {
    requireNonNull(move);
    requireNonNull(reason);
  }

  static Duty rest(String sentence, Object... values) {
    return new Duty(Move.REST, sentence.formatted(values), null);
  }

  static Duty restore(Attempt next, String reason) {
    return new Duty(Move.RESTORE, reason, requireNonNull(next));
  }

  static Duty page(String sentence, Object... values) {
    return new Duty(Move.PAGE, sentence.formatted(values), null);
  }
}
