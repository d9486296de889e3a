package io.crossfade.fleet;

import io.crossfade.release.Deployment;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What the load balancer thinks of a group's targets. */
public interface TargetHealth {
  Reading of(String targetGroupArn);

  /** The canary's targets against the capacity it needs. */
  default CanaryHealth ofCanary(Deployment deployment) {
    return CanaryHealth.of(deployment, of(deployment.target().canary().targetGroupArn()));
  }

  /** The same, with how long targets have been missing. */
  default CanaryCapacity capacityOf(Deployment deployment, Instant now) {
    return CanaryCapacity.of(deployment, ofCanary(deployment), now);
  }

  /** How many targets are in each state ({@code healthy}, {@code initial}, {@code draining}, …). */
  record Reading(Map<String, Integer> states) {
    public Reading {
      states = new TreeMap<>(states);
    }

    public int healthy() {
      return states.getOrDefault("healthy", 0);
    }
  }
}
