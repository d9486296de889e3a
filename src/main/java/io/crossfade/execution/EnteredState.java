package io.crossfade.execution;

import static java.util.Objects.requireNonNull;

/**
 * The state that an execution has entered last.
 *
 * @param name empty if it has entered none yet
 * @param input as it was handed over, in JSON
 * @param status whether the execution has ended since, and how
 */
public record EnteredState(String name, String input, ExecutionStatus status) {
  public EnteredState {
    requireNonNull(name);
    requireNonNull(input);
    requireNonNull(status);
  }
}
