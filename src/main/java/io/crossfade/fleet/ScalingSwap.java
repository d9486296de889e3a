package io.crossfade.fleet;

import io.crossfade.release.ScalingState;
import io.crossfade.release.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who gets which scaling bounds once the roles have changed: the two services change places. Empty
 * where a service has no scalable target.
 *
 * @param canary of the service that is live now: it may shrink and grow again as the stable one
 *     could
 * @param stable of the service that is parked at 0 now
 */
public record ScalingSwap(Optional<ScalingState> canary, Optional<ScalingState> stable) {

  /** A service parked at 0 keeps a minimum of 0: a higher one would wake it. */
  public static ScalingSwap of(Snapshot before) {
    String stable = before.stable().service();
    String canary = before.canary().service();
    return new ScalingSwap(
        before.scalingOf(stable).map(bounds -> bounds.forService(canary)),
        before.scalingOf(canary).map(bounds -> bounds.forService(stable).withMin(0)));
  }

  /**
   * What holds both services for the time of the release, and moves neither. The canary may grow to
   * what it will have once it is live.
   *
   * @param capacity how many tasks the canary is about to get
   */
  static List<ScalingState> held(Snapshot before, Service stable, Service canary, int capacity) {
    Optional<ScalingState> stableBounds = before.scalingOf(stable.name());
    int max = stableBounds.map(ScalingState::max).orElse(0);
    return Stream.concat(
            stableBounds.map(bounds -> bounds.including(stable.desired())).stream(),
            before.scalingOf(canary.name()).stream()
                .map(bounds -> bounds.upTo(max).including(canary.desired()).including(capacity)))
        .map(ScalingState::shrinkHeld)
        .toList();
  }

  /** The canary's bounds, wide enough for the tasks that it has: none of them is cut. */
  public Optional<ScalingState> canaryWith(int tasks) {
    return canary.map(bounds -> bounds.including(Math.max(bounds.min(), tasks)));
  }

  /** What that has changed about the bounds, to be added to a sentence; empty if nothing. */
  public String widened(int tasks) {
    return canary
        .filter(bounds -> tasks > bounds.max())
        .map(bounds -> "; its maximum is %d now, as it has so many tasks".formatted(tasks))
        .orElse("");
  }

  /** What the stable service has until its last task is gone: it may be at 0, or where it is. */
  public Optional<ScalingState> stableBeforeParking(int tasks) {
    return stable.map(bounds -> bounds.including(tasks).shrinkHeld());
  }
}
