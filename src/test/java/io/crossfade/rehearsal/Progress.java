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
 * @param liveColour the colour that had the traffic at the start
 * @param weights the share of both colours in percent
 * @param versions what each version has answered, in the order to be shown
 * @param elapsed real time since the visitors came
 */
public record Progress(
    String state,
    String liveColour,
    Weights weights,
    Map<String, VersionCount> versions,
    Duration elapsed) {

  public Progress {
    requireNonNull(state, "state");
    requireNonNull(weights, "weights");
    requireNonNull(elapsed, "elapsed");
    Weights.requireColour(liveColour);
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
  }

  String newColour() {
    return Weights.other(liveColour);
  }

  /** Whether a person would call this something new, rather than more of the same. */
  boolean differsFrom(Progress before) {
    return before == null || !before.state.equals(state) || !before.weights.equals(weights);
  }
}
