package io.crossfade.release;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * What the new version fails, against what the old one fails in the same minutes.
 *
 * @param sent requests of the canary that could be compared
 * @param failed those of them that failed
 * @param expected how many would have failed at the stable version's rate of each minute
 */
public record Comparison(Verdict verdict, long sent, long failed, double expected) {
  /** Before anything was compared. */
  public static final Comparison NONE = new Comparison(Verdict.TOO_FEW, 0, 0, 0);

  /** What the numbers say. */
  public enum Verdict {
    /** CLEARLY_WORSE means that chance does not explain what the new version fails. */
    CLEARLY_WORSE,
    /** NO_WORSE means that a bad version would have shown by now. */
    NO_WORSE,
    /** TOO_FEW means that a bad version might look the same. */
    TOO_FEW
  }

  public Comparison {
    requireNonNull(verdict);
  }

  public boolean worse() {
    return verdict == Verdict.CLEARLY_WORSE;
  }

  public String sentence() {
    String said =
        switch (verdict) {
          case CLEARLY_WORSE -> "the new version is clearly worse than the old one";
          case NO_WORSE -> "the new version is no worse than the old one";
          case TOO_FEW -> "too few requests to say whether the new version is worse";
        };
    return sent == 0
        ? said
        : said
            + String.format(
                Locale.ROOT,
                ": it failed %,d of %,d, where the old one would have failed %,.1f",
                failed,
                sent,
                expected);
  }
}
