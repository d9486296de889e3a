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

  /** Nothing moves the service: the colour that is being prepared. */
  public ScalingState allHeld() {
    return new ScalingState(service, min, max, true, true, true);
  }

  /** It may grow but not shrink: the colour that carries the traffic. */
  public ScalingState shrinkHeld() {
    return new ScalingState(service, min, max, true, outHeld, scheduleHeld);
  }

  public ScalingState forService(String other) {
    return new ScalingState(other, min, max, inHeld, outHeld, scheduleHeld);
  }
}
