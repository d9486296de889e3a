package io.crossfade.fleet;

import io.crossfade.release.ScalingState;
import java.util.List;
import java.util.Optional;

/**
 * Who gets which scaling bounds once the roles have changed: the two services change places. Empty
 * where a service has no scalable target.
 *
 * @param fresh of the new live service: it may shrink and grow again as the old one could
 * @param old of the one that is parked at 0
 */
public record Handover(Optional<ScalingState> fresh, Optional<ScalingState> old) {

  /**
   * A service parked at 0 keeps a minimum of 0, because registering a higher one would wake it
   * (Application Auto Scaling API reference, RegisterScalableTarget).
   */
  public static Handover of(List<ScalingState> before, String old, String fresh) {
    Optional<ScalingState> oldBounds = find(before, old);
    Optional<ScalingState> freshBounds = find(before, fresh);
    return new Handover(
        oldBounds.map(bounds -> bounds.forService(fresh)),
        freshBounds.map(bounds -> bounds.forService(old).withMin(0)));
  }

  private static Optional<ScalingState> find(List<ScalingState> states, String service) {
    return states.stream().filter(state -> state.service().equals(service)).findFirst();
  }
}
