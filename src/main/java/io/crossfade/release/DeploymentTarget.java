package io.crossfade.release;

import static java.util.Objects.requireNonNull;

/**
 * What a deployment works on: who has the traffic at its start (stable), and who receives the new
 * version (canary). The rule's weights decided it, never the desired counts.
 */
public record DeploymentTarget(String cluster, Side stable, Side canary) {
  public DeploymentTarget {
    requireNonNull(cluster);
    if (stable.colour() == canary.colour()) {
      throw new IllegalArgumentException("stable and canary are both " + stable.colour());
    }
  }
}
