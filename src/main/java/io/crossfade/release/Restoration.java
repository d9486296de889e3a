package io.crossfade.release;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A restore under way.
 *
 * @param reason why, in a sentence
 * @param begun when it began
 * @param trafficSince since when the rule has been seen as the snapshot has it; null until then
 */
public record Restoration(String reason, Instant begun, Instant trafficSince) {
  public Restoration {
    requireNonNull(reason);
    requireNonNull(begun);
  }

  public Restoration trafficSeen(boolean asItWas, Instant now) {
    Instant since = trafficSince == null ? now : trafficSince;
    return new Restoration(reason, begun, asItWas ? since : null);
  }
}
