package io.crossfade.plan;

import io.crossfade.check.CheckPreflight;
import io.crossfade.fleet.ScalingTargets;
import io.crossfade.fleet.Service;
import io.crossfade.fleet.Services;
import io.crossfade.fleet.TaskDefinitions;
import io.crossfade.gate.WatchedAlarms;
import io.crossfade.release.Colour;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.Release;
import io.crossfade.traffic.ListenerRule;
import io.crossfade.traffic.ListenerRules;
import io.crossfade.traffic.LoadBalancerRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what a plan is made from. */
@ApplicationScoped
public class ReleasePlanner {
  private final ListenerRules rules;
  private final LoadBalancerRules around;
  private final Services services;
  private final TaskDefinitions definitions;
  private final ScalingTargets scaling;
  private final WatchedAlarms alarms;
  private final Reverts reverts;
  private final CheckPreflight checks;

  public ReleasePlanner(
      ListenerRules rules,
      LoadBalancerRules around,
      Services services,
      TaskDefinitions definitions,
      ScalingTargets scaling,
      WatchedAlarms alarms,
      Reverts reverts,
      CheckPreflight checks) {
    this.rules = rules;
    this.around = around;
    this.services = services;
    this.definitions = definitions;
    this.scaling = scaling;
    this.alarms = alarms;
    this.reverts = reverts;
    this.checks = checks;
  }

  Plan plan(PlanInvocation in, PlannedRelease asked) {
    Release release = asked.release();
    ListenerRule rule = rules.read(release.ruleArn());
    List<String> names =
        Stream.of(Colour.values()).map(c -> c.serviceOf(release.baseServiceName())).toList();
    Map<String, Service> found = services.find(release.cluster(), names);
    RoleResolver.Result roles = RoleResolver.resolve(release, rule, found);
    return roles instanceof RoleResolver.Resolved resolved
        ? plan(in, asked, resolved.target(), rule, found)
        : DeploymentFactory.refused(in, ((RoleResolver.Unresolved) roles).problems());
  }

  private Plan plan(
      PlanInvocation in,
      PlannedRelease asked,
      DeploymentTarget target,
      ListenerRule rule,
      Map<String, Service> found) {
    Release release = asked.release();
    Service stable = found.get(target.stable().service());
    Map<String, Object> definition = definition(stable);
    Optional<ListenerRule> test = rules.readTest(release);
    Discovered discovered =
        new Discovered(
            rule,
            test.orElse(null),
            around.around(
                List.of(target.stable().targetGroupArn(), target.canary().targetGroupArn())),
            found,
            scaling.of(release.cluster(), List.copyOf(found.keySet())),
            definition,
            unknownFields(release.revert() == null ? definition : Map.of(), rule, test),
            active(definition(found.get(target.canary().service()))),
            alarms.atStart(release, target));
    Release named = release.forContainer(stable.containerBehind(target.stable().targetGroupArn()));
    List<String> problems =
        Stream.of(
                reverts.problems(asked, target, found),
                Preflight.problems(named, target, discovered),
                checks.problems(named))
            .flatMap(List::stream)
            .toList();
    return problems.isEmpty()
        ? DeploymentFactory.planned(in, named, target, discovered)
        : DeploymentFactory.refused(in, problems);
  }

  /** A service of another deployment controller has none of its own. */
  private Map<String, Object> definition(Service service) {
    return service.taskDefinition().isEmpty()
        ? Map.of()
        : definitions.read(service.taskDefinition());
  }

  private List<String> unknownFields(
      Map<String, Object> definition, ListenerRule rule, Optional<ListenerRule> test) {
    return Stream.of(
            definitions.unknownFields(definition),
            rules.unknownFields(rule),
            test.map(rules::unknownFields).orElse(List.of()).stream().map("test "::concat).toList())
        .flatMap(List::stream)
        .toList();
  }

  private static boolean active(Map<String, Object> definition) {
    return definition.isEmpty() || "ACTIVE".equals(definition.get("status"));
  }
}
