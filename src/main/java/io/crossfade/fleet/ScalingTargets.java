package io.crossfade.fleet;

import io.crossfade.release.ScalingState;
import java.util.List;

/** Application Auto Scaling's targets for ECS services (dimension ecs:service:DesiredCount). */
public interface ScalingTargets {
  /** Those of the services that have one. */
  List<ScalingState> of(String cluster, List<String> services);

  /**
   * Writes the bounds and flags that are not there already, and reads them back. A service that is
   * outside of its bounds is moved into them later.
   *
   * @param shown all bounds as read just now
   */
  void put(String cluster, List<ScalingState> shown, List<ScalingState> wanted);
}
