package io.crossfade.rehearsal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the release is.
 *
 * @param state the state machine's present state
 * @param stableColour the colour that had the traffic at the start
 * @param weights the share of both colours in percent
 * @param versions what each version has answered, in the order to be shown
 * @param elapsed world time since the visitors came
 */
public record ReleaseProgress(
    String state,
    String stableColour,
    ColourWeights weights,
    Map<String, VersionCount> versions,
    Duration elapsed) {

  public ReleaseProgress {
    requireNonNull(state, "state");
    requireNonNull(weights, "weights");
    requireNonNull(elapsed, "elapsed");
    ColourWeights.requireColour(stableColour);
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
  }

  String newColour() {
    return ColourWeights.other(stableColour);
  }

  /** Whether a person would call this something new, rather than more of the same. */
  boolean differsFrom(ReleaseProgress before) {
    return before == null || !before.state.equals(state) || !before.weights.equals(weights);
  }
}
