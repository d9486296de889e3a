package io.crossfade.release;

/**
 * How the rule divides traffic, in percent. The two always sum to 100: a pair that does not cannot
 * be written down.
 */
public record Weights(int stable, int canary) {
  public static final Weights ALL_STABLE = new Weights(100, 0);

  public Weights {
    if (stable < 0 || canary < 0 || stable + canary != 100) {
      throw new IllegalArgumentException(
          "weights must be 0 to 100 and sum to 100, found %d and %d".formatted(stable, canary));
    }
  }

  public static Weights canaryAt(int percent) {
    return new Weights(100 - percent, percent);
  }

  public String sentence() {
    return "%d %% stable, %d %% canary".formatted(stable, canary);
  }
}
