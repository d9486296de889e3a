package io.crossfade.execution;

import static java.util.Objects.requireNonNull;

/**
 * A state that an execution has entered.
 *
 * @param input as it was handed over, in JSON
 */
public record EnteredState(String name, String input) {
  public EnteredState {
    requireNonNull(name);
    requireNonNull(input);
  }
}
