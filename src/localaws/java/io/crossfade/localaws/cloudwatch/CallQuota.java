package io.crossfade.localaws.cloudwatch;

/**
 * So many calls a second, as a token bucket. Calls that follow one another within {@link
 * #BURST_NANOS} are one burst: they are computed, which is not compressed, so that real time counts
 * between them. Between bursts somebody waited, and world time counts.
 */
final class CallQuota {
  static final long BURST_NANOS = 50_000_000;

  private static final double SECOND = 1e9;

  private final int perSecond;
  private final double speed;
  private double left;
  private long last = Long.MIN_VALUE;

  /**
   * @param speed world seconds per real second
   */
  CallQuota(int perSecond, double speed) {
    this.perSecond = perSecond;
    this.speed = speed;
    this.left = perSecond;
  }

  /**
   * @param now in nanoseconds of the machine's own clock
   */
  synchronized boolean allows(long now) {
    if (last != Long.MIN_VALUE) {
      long gap = now - last;
      double passed = gap < BURST_NANOS ? gap : gap * speed;
      left = Math.min(perSecond, left + passed / SECOND * perSecond);
    }
    last = now;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
