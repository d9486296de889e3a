package io.crossfade.fleet;

import static java.util.Objects.requireNonNull;

import io.crossfade.release.Deployment;
import java.util.Optional;

/**
 * The canary's healthy targets against those it needs. Every decision about its health reads this:
 * healthy targets are counted, because leftovers that drain or are unused neither help nor stand in
 * the way.
 *
 * @param service the canary's ECS service
 * @param healthy targets that the load balancer finds healthy
 * @param needed its full capacity
 */
public record CanaryHealth(String service, int healthy, int needed) {
  public CanaryHealth {
    requireNonNull(service);
  }

  static CanaryHealth of(Deployment deployment, TargetHealth.Reading targets) {
    return new CanaryHealth(
        deployment.target().canary().service(),
        targets.healthy(),
        deployment.progress().capacity());
  }

  /** Whether it can carry all of the traffic. */
  public boolean atFullCapacity() {
    return healthy >= needed;
  }

  /** Whether no target can answer its requests. */
  public boolean absent() {
    return healthy == 0;
  }

  /** Why the old version must stay; empty if the new one can do without it. */
  public Optional<String> shortfallBeforeScaleIn() {
    return atFullCapacity()
        ? Optional.empty()
        : Optional.of(shortfall("before the old version goes"));
  }

  /**
   * @param purpose what full capacity is needed for, such as "before it gets 50 %"
   */
  public String shortfall(String purpose) {
    return "%d of %d targets of %s are healthy, %d needed %s"
        .formatted(healthy, needed, service, needed, purpose);
  }
}
