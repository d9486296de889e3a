package io.crossfade.fleet;

import io.crossfade.release.ScalingState;
import java.util.List;

/** Application Auto Scaling's targets for ECS services (dimension ecs:service:DesiredCount). */
public interface ScalingTargets {
  /** Those of the services that have one. */
  List<ScalingState> of(String cluster, List<String> services);

  /**
   * Writes bounds and flags, and reads them back. A service that is outside of the bounds is moved
   * into them later.
   */
  void put(String cluster, ScalingState state);
}
