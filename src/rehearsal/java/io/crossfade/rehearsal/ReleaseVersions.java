package io.crossfade.rehearsal;

import static java.util.Objects.requireNonNull;

/**
 * Who is who in this rehearsal.
 *
 * @param oldVersion the version that has the traffic at the start, as in {@code X-Version}
 * @param newVersion the version that is released
 * @param newColour the colour that receives it, blue or green
 */
public record ReleaseVersions(String oldVersion, String newVersion, String newColour) {
  public ReleaseVersions {
    requireNonNull(oldVersion, "oldVersion");
    requireNonNull(newVersion, "newVersion");
    ColourWeights.requireColour(newColour);
  }
}
