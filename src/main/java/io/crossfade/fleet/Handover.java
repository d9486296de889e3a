package io.crossfade.fleet;

import io.crossfade.release.ScalingState;
import java.util.List;
import java.util.Optional;

/** Who gets which scaling bounds once the roles have changed. */
final class Handover {
  private Handover() {}

  /**
   * The two services change places: the new one gets the bounds and flags of the old one, and the
   * other way round. A service parked at 0 keeps a minimum of 0, because registering a higher one
   * would wake it (Application Auto Scaling API reference, RegisterScalableTarget).
   */
  static List<ScalingState> of(List<ScalingState> before, String old, String fresh) {
    Optional<ScalingState> oldBounds = find(before, old);
    Optional<ScalingState> freshBounds = find(before, fresh);
    if (oldBounds.isEmpty() || freshBounds.isEmpty()) {
      return before;
    }
    ScalingState parked = freshBounds.get().forService(old);
    return List.of(
        oldBounds.get().forService(fresh),
        new ScalingState(
            old, 0, parked.max(), parked.inHeld(), parked.outHeld(), parked.scheduleHeld()));
  }

  private static Optional<ScalingState> find(List<ScalingState> states, String service) {
    return states.stream().filter(state -> state.service().equals(service)).findFirst();
  }
}
