package io.crossfade.release;

/**
 * How the rule divides traffic, in percent. The two always sum to 100: a pair that does not cannot
 * be written down.
 */
public record Weights(int live, int idle) {
  public static final Weights ALL_LIVE = new Weights(100, 0);

  public Weights {
    if (live < 0 || idle < 0 || live + idle != 100) {
      throw new IllegalArgumentException(
          "weights must be 0 to 100 and sum to 100, found %d and %d".formatted(live, idle));
    }
  }

  public static Weights idleAt(int percent) {
    return new Weights(100 - percent, percent);
  }

  public String sentence() {
    return "%d %% live, %d %% idle".formatted(live, idle);
  }
}
