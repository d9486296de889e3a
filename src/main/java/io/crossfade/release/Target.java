package io.crossfade.release;

import static java.util.Objects.requireNonNull;

/**
 * What a deployment works on: who has the traffic at its start (live), and who receives the new
 * version (idle). The rule's weights decided it, never the desired counts.
 */
public record Target(String cluster, Side live, Side idle) {
  public Target {
    requireNonNull(cluster);
    if (live.colour() == idle.colour()) {
      throw new IllegalArgumentException("live and idle are both " + live.colour());
    }
  }
}
