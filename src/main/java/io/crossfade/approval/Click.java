package io.crossfade.approval;

import java.util.Optional;

/**
 * A click on one of the two buttons of a question.
 *
 * @param nonce the button's value
 */
record Click(Clicker by, ApprovalChoice choice, String nonce) implements InteractionPayload {
  private static final String NONCE = "[A-Za-z0-9_-]{43}";

  static Optional<InteractionPayload> of(Clicker by, ApprovalChoice choice, String value) {
    return value.matches(NONCE) ? Optional.of(new Click(by, choice, value)) : Optional.empty();
  }
}
