package io.crossfade.release;

import static java.util.Objects.requireNonNull;

/**
 * The last decision as the document carries it to the state machine, which branches on the action.
 * No function reads the verdict of another one.
 *
 * @param action the name of one of the deciding policy's actions
 * @param reason the reason in a sentence, for people
 * @param waitSeconds how long the state machine waits before the next state, 0 or more
 * @param caught whether the state machine wrote this verdict after a Catch, so that the error and
 *     not {@code reason} says why
 */
public record Verdict(String action, String reason, int waitSeconds, boolean caught) {
  /** An execution's cause holds 32,768 characters, and the whole document 262,144 bytes. */
  static final int MAX_REASON_CHARS = 16_000;

  public Verdict {
    requireNonNull(action);
    reason = ShortText.beginning(reason, MAX_REASON_CHARS);
    if (waitSeconds < 0) {
      throw new IllegalArgumentException("waitSeconds must not be negative");
    }
  }

  /** Whether nothing is decided yet. Every policy calls its waiting action WAIT. */
  boolean waits() {
    return action.equals("WAIT");
  }
}
