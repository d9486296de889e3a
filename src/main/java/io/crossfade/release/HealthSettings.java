package io.crossfade.release;

/**
 * How the new version's health is checked, before it gets traffic and after.
 *
 * @param deadlineSeconds from scale-out until it must be healthy, 60 to 1,800
 * @param polls polls in a row that must find every needed target healthy, 1 to 10
 * @param recoverySeconds how long targets may be missing later on, 0 to 1,800; 0 in a document of
 *     an earlier version, whose state machine cannot wait for them
 */
public record HealthSettings(int deadlineSeconds, int polls, int recoverySeconds) {
  public static final int MIN_DEADLINE_SECONDS = 60;
  public static final int MAX_DEADLINE_SECONDS = 1800;
  public static final int MAX_POLLS = 10;
  public static final int MAX_RECOVERY_SECONDS = 1800;

  /**
   * How long all the waits for missing targets may be together, so that an execution's history
   * holds them: one before the first step, one in each, one while the stable group drains.
   */
  public static final int MAX_TOTAL_RECOVERY_SECONDS = 13_200;

  public static final HealthSettings DEFAULT = new HealthSettings(900, 3, 300);

  public HealthSettings {
    if (deadlineSeconds < MIN_DEADLINE_SECONDS || deadlineSeconds > MAX_DEADLINE_SECONDS) {
      throw new IllegalArgumentException(
          "deadlineSeconds must be 60 to 1800, found " + deadlineSeconds);
    }
    if (polls < 1 || polls > MAX_POLLS) {
      throw new IllegalArgumentException("polls must be 1 to 10, found " + polls);
    }
    if (recoverySeconds < 0 || recoverySeconds > MAX_RECOVERY_SECONDS) {
      throw new IllegalArgumentException(
          "recoverySeconds must be 0 to 1800, found " + recoverySeconds);
    }
  }

  /** The most that recoverySeconds may be in a release of so many steps. */
  public static int longestRecovery(int steps) {
    return Math.min(MAX_RECOVERY_SECONDS, MAX_TOTAL_RECOVERY_SECONDS / (steps + 2));
  }
}
