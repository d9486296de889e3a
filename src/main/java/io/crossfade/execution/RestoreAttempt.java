package io.crossfade.execution;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * One try to restore a deployment.
 *
 * @param number counted from 1
 */
public record RestoreAttempt(String deployment, int number) {
  public RestoreAttempt {
    requireNonNull(deployment);
    if (number < 1) {
      throw new IllegalArgumentException("attempts are counted from 1, found " + number);
    }
  }

  /** The execution's name, always the same, so that an event which comes twice starts one. */
  public String name() {
    return NumberedName.of(deployment, "restore", number);
  }

  public Map<String, Object> input() {
    return Map.of("restore", deployment, "attempt", number);
  }
}
