package io.crossfade.rehearsal;

/** The share of the traffic of both colours, in percent. */
public record ColourWeights(int blue, int green) {
  static final String BLUE = "blue";
  static final String GREEN = "green";

  public ColourWeights {
    if (blue < 0 || green < 0 || blue + green != 100) {
      throw new IllegalArgumentException(
          "weights are 0 or more and sum to 100, found blue %d and green %d"
              .formatted(blue, green));
    }
  }

  /** The weights at which a colour has that share and the other one the rest. */
  public static ColourWeights giving(String colour, int share) {
    requireColour(colour);
    return colour.equals(BLUE)
        ? new ColourWeights(share, 100 - share)
        : new ColourWeights(100 - share, share);
  }

  public int of(String colour) {
    requireColour(colour);
    return colour.equals(BLUE) ? blue : green;
  }

  static String other(String colour) {
    requireColour(colour);
    return colour.equals(BLUE) ? GREEN : BLUE;
  }

  static void requireColour(String colour) {
    if (!BLUE.equals(colour) && !GREEN.equals(colour)) {
      throw new IllegalArgumentException("a colour is blue or green, found " + colour);
    }
  }
}
