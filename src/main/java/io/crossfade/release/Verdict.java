package io.crossfade.release;

import static java.util.Objects.requireNonNull;

/**
 * What a decision returns: an action that the state machine branches on, a reason in a sentence,
 * and how long to wait first.
 */
public record Verdict(Action action, String reason, int waitSeconds) {
  /** The state machine compares these names. */
  public enum Action {
    /** PROCEED means the state's work is done; the next state may run. */
    PROCEED,
    /** WAIT means nothing is decided yet; look again after {@code waitSeconds}. */
    WAIT,
    /** ADVANCE means the step has baked; shift to the next. */
    ADVANCE,
    /** ASK means the last step has baked; a person decides. */
    ASK,
    /** ROLL_BACK means something is wrong; put everything back. */
    ROLL_BACK,
    /** REFUSE means nothing was touched and nothing will be. */
    REFUSE,
    /** DRY_RUN means the plan is the result; nothing was touched. */
    DRY_RUN,
    /** RESTORED means everything was read back equal to the snapshot. */
    RESTORED,
    /** INCOMPLETE means the restore did not come to an end; a person is needed. */
    INCOMPLETE
  }

  /** An execution's cause holds 32,768 characters, and the whole document 262,144 bytes. */
  static final int MAX_REASON_CHARS = 16_000;

  public Verdict {
    requireNonNull(action);
    reason = reason.length() <= MAX_REASON_CHARS ? reason : reason.substring(0, MAX_REASON_CHARS);
    if (waitSeconds < 0) {
      throw new IllegalArgumentException("waitSeconds must not be negative");
    }
  }

  public static Verdict of(Action action, String reason) {
    return new Verdict(action, reason, 0);
  }

  public static Verdict waitFor(int seconds, String reason) {
    return new Verdict(Action.WAIT, reason, seconds);
  }
}
