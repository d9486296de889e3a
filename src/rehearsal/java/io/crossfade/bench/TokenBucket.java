package io.crossfade.bench;

/**
 * AWS's way to limit calls: a bucket of tokens, one for each call, filled again at a steady rate.
 * Whoever finds it empty waits; whoever came first is first.
 */
final class TokenBucket {
  private final double capacity;
  private final double perSecond;
  private double emptyUntil = Double.NEGATIVE_INFINITY;

  /**
   * @param capacity 1 or more
   * @param perSecond above 0
   */
  TokenBucket(double capacity, double perSecond) {
    if (capacity < 1 || perSecond <= 0) {
      throw new IllegalArgumentException("a bucket needs a size and a rate");
    }
    this.capacity = capacity;
    this.perSecond = perSecond;
  }

  /**
   * Takes a token, at that time or later. Calls come in the order of their times.
   *
   * @param at in seconds
   * @return when it has the token
   */
  double take(double at) {
    double full = Math.max(emptyUntil, at);
    double granted = Math.max(at, full - (capacity - 1) / perSecond);
    emptyUntil = full + 1 / perSecond;
    return granted;
  }
}
