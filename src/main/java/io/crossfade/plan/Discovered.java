package io.crossfade.plan;

import io.crossfade.fleet.Service;
import io.crossfade.gate.Alarm;
import io.crossfade.release.ScalingState;
import io.crossfade.traffic.ForwardingRule;
import io.crossfade.traffic.ListenerRule;
import java.util.List;
import java.util.Map;

/**
 * What was found before anything is decided.
 *
 * @param testRule null if the release names none
 * @param rulesAround every rule of the load balancer that the target groups belong to
 * @param services by name; one that ECS does not know is not in it
 * @param taskDefinition of the stable service, as AWS describes it; empty if there is none
 * @param unknownFields paths of what AWS describes and this version cannot send back
 * @param parkedIsActive whether the canary service's revision can be gone back to
 * @param alarms those that watch either target group, and those the release names
 */
public record Discovered(
    ListenerRule rule,
    ListenerRule testRule,
    List<ForwardingRule> rulesAround,
    Map<String, Service> services,
    List<ScalingState> scaling,
    Map<String, Object> taskDefinition,
    List<String> unknownFields,
    boolean parkedIsActive,
    List<Alarm> alarms) {
  public Discovered {
    rulesAround = List.copyOf(rulesAround);
    services = Map.copyOf(services);
    scaling = List.copyOf(scaling);
    unknownFields = List.copyOf(unknownFields);
    alarms = List.copyOf(alarms);
  }
}
