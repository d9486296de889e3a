package io.crossfade.fleet;

import io.crossfade.release.ScalingState;
import java.util.List;
import java.util.Optional;

/**
 * Who gets which scaling bounds once the roles have changed: the two services change places. Empty
 * where a service has no scalable target.
 *
 * @param canary of the service that is live now: it may shrink and grow again as the stable one
 *     could
 * @param stable of the service that is parked at 0 now
 */
public record ScalingSwap(Optional<ScalingState> canary, Optional<ScalingState> stable) {

  /**
   * A service parked at 0 keeps a minimum of 0, because registering a higher one would wake it
   * (Application Auto Scaling API reference, RegisterScalableTarget).
   */
  public static ScalingSwap of(List<ScalingState> before, String stable, String canary) {
    Optional<ScalingState> stableBounds = find(before, stable);
    Optional<ScalingState> canaryBounds = find(before, canary);
    return new ScalingSwap(
        stableBounds.map(bounds -> bounds.forService(canary)),
        canaryBounds.map(bounds -> bounds.forService(stable).withMin(0)));
  }

  private static Optional<ScalingState> find(List<ScalingState> states, String service) {
    return states.stream().filter(state -> state.service().equals(service)).findFirst();
  }
}
