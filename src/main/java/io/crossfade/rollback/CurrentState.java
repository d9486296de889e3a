package io.crossfade.rollback;

import io.crossfade.fleet.Service;
import io.crossfade.release.ScalingState;
import io.crossfade.traffic.ListenerRule;
import java.util.List;
import java.util.Map;

/**
 * What is there at this moment.
 *
 * @param testRule null if the release has none, or if it cannot be read
 * @param services by name; one that ECS does not know is not in it
 */
public record CurrentState(
    ListenerRule rule,
    ListenerRule testRule,
    Map<String, Service> services,
    List<ScalingState> scaling) {
  public CurrentState {
    services = Map.copyOf(services);
    scaling = List.copyOf(scaling);
  }
}
