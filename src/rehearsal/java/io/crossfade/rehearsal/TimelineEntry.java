package io.crossfade.rehearsal;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A change: a state was entered, or the weights became others.
 *
 * @param time when, in world time
 * @param seconds the same in real seconds since the visitors came, as {@link Visitors#seconds()}
 */
public record TimelineEntry(Instant time, double seconds, String state, ColourWeights weights) {
  public TimelineEntry {
    requireNonNull(time, "time");
    requireNonNull(state, "state");
    requireNonNull(weights, "weights");
  }
}
