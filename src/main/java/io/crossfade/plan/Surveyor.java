package io.crossfade.plan;

import io.crossfade.fleet.ScalingTargets;
import io.crossfade.fleet.Service;
import io.crossfade.fleet.Services;
import io.crossfade.fleet.TaskDefinitions;
import io.crossfade.gate.Alarms;
import io.crossfade.release.Colour;
import io.crossfade.release.Deployment;
import io.crossfade.release.Release;
import io.crossfade.release.Target;
import io.crossfade.traffic.Rule;
import io.crossfade.traffic.Rules;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads what a plan is made from. */
@ApplicationScoped
public class Surveyor {
  private final Rules rules;
  private final Services services;
  private final TaskDefinitions definitions;
  private final ScalingTargets scaling;
  private final Alarms alarms;

  public Surveyor(
      Rules rules,
      Services services,
      TaskDefinitions definitions,
      ScalingTargets scaling,
      Alarms alarms) {
    this.rules = rules;
    this.services = services;
    this.definitions = definitions;
    this.scaling = scaling;
    this.alarms = alarms;
  }

  Deployment plan(PlanInvocation in, Release release) {
    Rule rule = rules.read(release.ruleArn());
    List<String> names =
        Stream.of(Colour.values()).map(c -> c.serviceOf(release.baseServiceName())).toList();
    Map<String, Service> found = services.find(release.cluster(), names);
    Roles.Found roles = Roles.of(release, rule, found);
    if (roles.target() == null) {
      return Planner.plan(in, release, null, null, roles.problems());
    }
    return plan(in, release, roles.target(), rule, found);
  }

  private Deployment plan(
      PlanInvocation in, Release release, Target target, Rule rule, Map<String, Service> found) {
    Service live = found.get(target.live().service());
    Inventory inventory =
        new Inventory(
            rule,
            found,
            scaling.of(release.cluster(), List.copyOf(found.keySet())),
            definitions.read(live.taskDefinition()),
            active(definitions.read(found.get(target.idle().service()).taskDefinition())),
            alarms.watching(
                List.of(target.live().dimension(), target.idle().dimension()), release.alarms()));
    Release named = release.forContainer(live.containerBehind(target.live().targetGroupArn()));
    List<String> problems = Preflight.problems(named, target, inventory);
    return Planner.plan(in, named, target, inventory, problems);
  }

  private static boolean active(Map<String, Object> definition) {
    return "ACTIVE".equals(definition.get("status"));
  }
}
