package io.crossfade.release;

/**
 * How the new version's health is checked before it gets traffic.
 *
 * @param deadlineSeconds from scale-out until it must be healthy, 60 to 1,800
 * @param polls polls in a row that must find every needed target healthy, 1 to 10
 */
public record HealthSettings(int deadlineSeconds, int polls) {
  public static final int MIN_DEADLINE_SECONDS = 60;
  public static final int MAX_DEADLINE_SECONDS = 1800;
  public static final int MAX_POLLS = 10;
  public static final HealthSettings DEFAULT = new HealthSettings(900, 3);

  public HealthSettings {
    if (deadlineSeconds < MIN_DEADLINE_SECONDS || deadlineSeconds > MAX_DEADLINE_SECONDS) {
      throw new IllegalArgumentException(
          "deadlineSeconds must be 60 to 1800, found " + deadlineSeconds);
    }
    if (polls < 1 || polls > MAX_POLLS) {
      throw new IllegalArgumentException("polls must be 1 to 10, found " + polls);
    }
  }
}
