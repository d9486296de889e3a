package io.crossfade.execution;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * One try to restore a deployment.
 *
 * @param number counted from 1
 */
public record RestoreAttempt(String deployment, int number) {
  private static final int MAX_NAME_CHARS = 80;
  private static final int KEPT_CHARS = 30;

  public RestoreAttempt {
    requireNonNull(deployment);
    if (number < 1) {
      throw new IllegalArgumentException("attempts are counted from 1, found " + number);
    }
  }

  /**
   * The execution's name, always the same, so that an event which comes twice starts one. Where the
   * id leaves no room (80 characters: StartExecution), a hash of it tells two apart.
   */
  public String name() {
    String name = "%s-restore-%d".formatted(deployment, number);
    return name.length() <= MAX_NAME_CHARS
        ? name
        : "%s-%s-restore-%d".formatted(deployment.substring(0, KEPT_CHARS), hash(), number);
  }

  private UUID hash() {
    return UUID.nameUUIDFromBytes(deployment.getBytes(StandardCharsets.UTF_8));
  }
}
