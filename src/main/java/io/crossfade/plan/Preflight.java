package io.crossfade.plan;

import io.crossfade.fleet.Service;
import io.crossfade.fleet.TaskDefinitionCopy;
import io.crossfade.gate.Alarm;
import io.crossfade.gate.AlarmPolicy;
import io.crossfade.release.CheckOverride;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.Release;
import io.crossfade.release.ScalingState;
import io.crossfade.traffic.ForwardAction;
import io.crossfade.traffic.ListenerRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What must be true before a release may touch anything. Every check that fails is told, not the
 * first.
 */
public final class Preflight {
  /** A day: a cookie outranks the weights, and both draining and a rollback wait for it. */
  public static final int MAX_STICKY_SECONDS = 86_400;

  private final List<String> problems = new ArrayList<>();
  private final Release release;

  private Preflight(Release release) {
    this.release = release;
  }

  public static List<String> problems(Release release, DeploymentTarget target, Discovered found) {
    Preflight preflight = new Preflight(release);
    preflight.service(found.services().get(target.stable().service()));
    preflight.service(found.services().get(target.canary().service()));
    preflight.stable(found.services().get(target.stable().service()));
    preflight.container(found);
    preflight.known(found.unknownFields());
    preflight.restorable(target, found);
    preflight.rule(target, found.rule());
    if (found.testRule() != null) {
      TestRule.problem(found.testRule(), target).ifPresent(preflight.problems::add);
    }
    preflight.ownGroups(target, found);
    preflight.alarms(found.alarms());
    return List.copyOf(preflight.problems);
  }

  private void require(boolean held, String problem, Object... values) {
    if (!held) {
      problems.add(problem.formatted(values));
    }
  }

  private void service(Service service) {
    String name = service.name();
    require("ACTIVE".equals(service.status()), "%s is %s, not ACTIVE", name, service.status());
    require(
        "ECS".equals(service.controller()),
        "%s has the deployment controller %s; only ECS takes a task definition by UpdateService",
        name,
        service.controller());
    require(
        "ROLLING".equals(service.strategy()),
        "%s has ECS's deployment strategy %s, which would write the rule itself; it must be ROLLING",
        name,
        service.strategy());
    require(
        "REPLICA".equals(service.scheduling()),
        "%s has the scheduling strategy %s, which has no desired count; it must be REPLICA",
        name,
        service.scheduling());
  }

  /** That a version cannot keep its tasks may be why it is taken back. */
  private void stable(Service stable) {
    require(
        stable.desired() > 0 && (stable.running() >= stable.desired() || release.revert() != null),
        "%s has the traffic but runs %d of %d tasks",
        stable.name(),
        stable.running(),
        stable.desired());
    require(
        stable.deployments() == 1 || release.revert() != null,
        "%s has %d deployments in progress; wait until it is at rest",
        stable.name(),
        stable.deployments());
  }

  private void container(Discovered found) {
    List<String> names = TaskDefinitionCopy.names(found.taskDefinition());
    require(
        names.isEmpty() || names.contains(release.container()),
        "the stable task definition has no container \"%s\", only %s",
        release.container(),
        names);
  }

  /** What the SDK drops would be missing in the copy of the task definition, or in the rule. */
  private void known(List<String> unknownFields) {
    require(
        unknownFields.isEmpty(),
        "AWS describes %s, which this build does not know, so a release would lose it;"
            + " take it out, or deploy a build with a newer AWS SDK",
        String.join(", ", unknownFields));
  }

  /** What could not be put back must not be changed. */
  private void restorable(DeploymentTarget target, Discovered found) {
    require(
        found.parkedIsActive(),
        "the revision that %s is parked on is not ACTIVE, so a rollback could not put it back;"
            + " update that service to an active revision first",
        target.canary().service());
    require(
        found.scaling().size() != 1,
        "only one of the two services has a scalable target (%s); give the other one, too, or neither",
        found.scaling().stream().map(ScalingState::service).collect(Collectors.joining()));
    for (ScalingState bounds : found.scaling()) {
      ScalingBounds.problem(target, found.services().get(bounds.service()), bounds)
          .ifPresent(problems::add);
    }
  }

  private void rule(DeploymentTarget target, ListenerRule rule) {
    ForwardAction forward = rule.forward().orElseThrow();
    require(
        forward.names(target.canary().targetGroupArn())
            || forward.groups().size() < ForwardAction.MAX_GROUPS,
        "the rule holds %d target groups already, there is no room for %s",
        forward.groups().size(),
        target.canary().dimension());
    require(
        forward.stickySeconds() <= MAX_STICKY_SECONDS,
        "visitors stick to a target group for %d s; at most %d s can be waited for",
        forward.stickySeconds(),
        MAX_STICKY_SECONDS);
  }

  private void ownGroups(DeploymentTarget target, Discovered found) {
    if (!release.overrides(CheckOverride.Check.SHARED_TARGET_GROUP)) {
      SharedTargetGroups.problem(release, target, found.rulesAround()).ifPresent(problems::add);
    }
  }

  private void alarms(List<Alarm> alarms) {
    AlarmPolicy.missing(release.alarms(), alarms)
        .forEach(name -> problems.add("CloudWatch does not know the alarm \"%s\"".formatted(name)));
    List<Alarm> firing = AlarmPolicy.firing(alarms);
    require(
        firing.isEmpty() || release.overrides(CheckOverride.Check.ALARM_ALREADY_FIRING),
        "%s; mend it first, or override alarm-already-firing with a reason",
        AlarmPolicy.tell(firing));
    // The load balancer's own errors are not those of a version that answers them itself.
    boolean watched =
        alarms.stream().anyMatch(a -> !a.measuresNoGroup() || release.alarms().contains(a.name()));
    require(
        watched || release.overrides(CheckOverride.Check.NO_ALARMS),
        "no alarm watches either target group, so a bad version would not be noticed;"
            + " name one in \"alarms\", or override no-alarms with a reason");
  }
}
