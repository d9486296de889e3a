package io.crossfade.fleet;

import static java.util.Objects.requireNonNull;

import io.crossfade.release.Deployment;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides whether targets that the canary lost are waited for. A Spot interruption, a retired
 * Fargate task or a failed health check takes a target away, and ECS brings another one within
 * minutes.
 *
 * @param shortSince when the first look found too few healthy targets; null at full capacity
 * @param missingSeconds how long they have been too few
 * @param recoverySeconds how long they may be
 */
public record CanaryCapacity(
    CanaryHealth health, Instant shortSince, long missingSeconds, int recoverySeconds) {
  /** What the canary's targets allow. */
  public enum State {
    /** FULL means it can carry all of the traffic. */
    FULL,
    /** RECOVERING means too few targets are healthy, and the others have time to come back. */
    RECOVERING,
    /** LOST means that no target is healthy, or that the others did not come back in time. */
    LOST
  }

  public CanaryCapacity {
    requireNonNull(health);
  }

  /**
   * Starts the clock of the recovery when targets are first found missing, and forgets it at full
   * capacity.
   */
  public static CanaryCapacity of(Deployment deployment, CanaryHealth health, Instant now) {
    int recovery = deployment.release().health().recoverySeconds();
    if (health.atFullCapacity()) {
      return new CanaryCapacity(health, null, 0, recovery);
    }
    Instant known = deployment.progress().shortSince();
    Instant since = known == null ? now : known;
    return new CanaryCapacity(health, since, Duration.between(since, now).toSeconds(), recovery);
  }

  public State state() {
    if (shortSince == null) {
      return State.FULL;
    }
    boolean mayComeBack = !health.absent() && missingSeconds < recoverySeconds;
    return mayComeBack ? State.RECOVERING : State.LOST;
  }

  /** The deployment with what this look has found. */
  public Deployment recordIn(Deployment deployment) {
    return deployment.with(deployment.progress().withShortSince(shortSince));
  }

  /**
   * @param purpose what full capacity is needed for, such as "before it gets 50 %"
   */
  public String shortfall(String purpose) {
    return "%s; missing for %d of %d s"
        .formatted(health.shortfall(purpose), missingSeconds, recoverySeconds);
  }
}
