package io.crossfade.release;

import static java.util.Objects.requireNonNull;

/**
 * What a policy decides: one of its actions, the reason in a sentence, and how long to wait first.
 *
 * @param waitSeconds how long the state machine waits before the next state, 0 or more
 */
public record Decision<A extends Enum<A> & Decision.Action>(
    A action, String reason, int waitSeconds) {
  /** An answer that a policy may give. Each policy has an enum of its own. */
  public interface Action {
    String name();
  }

  public Decision {
    requireNonNull(action);
    requireNonNull(reason);
  }

  public static <A extends Enum<A> & Action> Decision<A> of(A action, String reason) {
    return new Decision<>(action, reason, 0);
  }

  /** As the document carries it. */
  public Verdict verdict() {
    return new Verdict(action.name(), reason, waitSeconds, false);
  }
}
