package io.crossfade.execution;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Names of executions that do something about a deployment: the same each time. */
public final class NumberedName {
  private static final int MAX_NAME_CHARS = 80;
  private static final int KEPT_CHARS = 30;

  private NumberedName() {}

  /**
   * "run-1-restore-2". Where the id leaves no room (80 characters: StartExecution), a hash of it
   * tells two apart.
   */
  public static String of(String deployment, String verb, int number) {
    String end = "-%s-%d".formatted(verb, number);
    return deployment.length() + end.length() <= MAX_NAME_CHARS
        ? deployment + end
        : "%s-%s%s".formatted(deployment.substring(0, KEPT_CHARS), hash(deployment), end);
  }

  private static UUID hash(String deployment) {
    return UUID.nameUUIDFromBytes(deployment.getBytes(StandardCharsets.UTF_8));
  }
}
