package io.crossfade.release;

import static java.util.Objects.requireNonNull;

/**
 * A service's scalable target: its bounds and the three flags of {@code SuspendedState}
 * (Application Auto Scaling API reference, RegisterScalableTarget).
 */
public record ScalingState(
    String service, int min, int max, boolean inHeld, boolean outHeld, boolean scheduleHeld) {
  public ScalingState {
    requireNonNull(service);
    if (min < 0 || max < min) {
      throw new IllegalArgumentException("bounds must be 0 <= min <= max");
    }
  }

  /**
   * What Application Auto Scaling calls a service: by its cluster's name and not its ARN.
   *
   * @param cluster its name or its ARN
   */
  public static String resourceId(String cluster, String service) {
    return "service/%s/%s".formatted(Arn.name(cluster), service);
  }

  /** The bounds, and what is suspended. */
  public String sentence() {
    return "%d to %d tasks%s%s%s"
        .formatted(
            min,
            max,
            inHeld ? ", scale-in suspended" : "",
            outHeld ? ", scale-out suspended" : "",
            scheduleHeld ? ", schedule suspended" : "");
  }

  /** It may grow but not shrink, whichever colour it is: both carry visitors in the meantime. */
  public ScalingState shrinkHeld() {
    return new ScalingState(service, min, max, true, outHeld, scheduleHeld);
  }

  public ScalingState withMin(int other) {
    return new ScalingState(service, other, max, inHeld, outHeld, scheduleHeld);
  }

  /**
   * As wide as it takes for so many tasks. Every write of a scalable target moves a service that is
   * out of its bounds, at a moment that AWS does not tell and whatever is suspended (Application
   * Auto Scaling API reference, RegisterScalableTarget).
   */
  public ScalingState including(int tasks) {
    return new ScalingState(
        service, Math.min(min, tasks), Math.max(max, tasks), inHeld, outHeld, scheduleHeld);
  }

  /** With this maximum, or its minimum if that is higher. */
  public ScalingState upTo(int most) {
    return new ScalingState(service, min, Math.max(min, most), inHeld, outHeld, scheduleHeld);
  }

  public ScalingState forService(String other) {
    return new ScalingState(other, min, max, inHeld, outHeld, scheduleHeld);
  }
}
