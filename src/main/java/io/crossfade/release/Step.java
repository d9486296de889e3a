package io.crossfade.release;

/**
 * One step of the canary.
 *
 * @param weight percent of traffic for the canary colour, 1 to 100
 * @param bakeSeconds how long the step is watched before the next, 0 to 86,400
 */
public record Step(int weight, int bakeSeconds) {
  public static final int MAX_BAKE_SECONDS = 86_400;

  /**
   * What the alarm of a step needs to fire: a period of a minute, and the one to two minutes after
   * which its metrics are complete.
   */
  public static final int ALARM_SECONDS = 180;

  public Step {
    if (weight < 1 || weight > 100) {
      throw new IllegalArgumentException("weight must be 1 to 100, found " + weight);
    }
    if (bakeSeconds < 0 || bakeSeconds > MAX_BAKE_SECONDS) {
      throw new IllegalArgumentException("bakeSeconds must be 0 to 86400, found " + bakeSeconds);
    }
  }

  /**
   * How long after the shift the alarms are looked at for the first time: one poll, or the whole of
   * a shorter bake.
   */
  public int firstLookSeconds() {
    return Math.min(bakeSeconds, Timings.POLL_SECONDS);
  }
}
