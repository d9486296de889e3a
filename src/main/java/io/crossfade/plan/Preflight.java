package io.crossfade.plan;

import io.crossfade.fleet.Clone;
import io.crossfade.fleet.Service;
import io.crossfade.gate.Alarm;
import io.crossfade.gate.AlarmGate;
import io.crossfade.release.Release;
import io.crossfade.release.Target;
import io.crossfade.release.Waiver;
import io.crossfade.traffic.Forward;
import io.crossfade.traffic.Rule;
import java.util.ArrayList;
import java.util.List;

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

  public static List<String> problems(Release release, Target target, Inventory found) {
    Preflight preflight = new Preflight(release);
    preflight.service(found.services().get(target.live().service()));
    preflight.service(found.services().get(target.idle().service()));
    preflight.live(found.services().get(target.live().service()));
    preflight.container(found);
    preflight.restorable(target, found);
    preflight.rule(target, found.rule());
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
  }

  private void live(Service live) {
    require(
        live.desired() > 0 && live.running() >= live.desired(),
        "%s has the traffic but runs %d of %d tasks",
        live.name(),
        live.running(),
        live.desired());
    require(
        live.deployments() == 1,
        "%s has %d deployments in progress; wait until it is at rest",
        live.name(),
        live.deployments());
  }

  private void container(Inventory found) {
    List<String> names = Clone.names(found.taskDefinition());
    require(
        names.contains(release.container()),
        "the live task definition has no container \"%s\", only %s",
        release.container(),
        names);
  }

  /** What could not be put back must not be changed. */
  private void restorable(Target target, Inventory found) {
    require(
        found.parkedIsActive(),
        "the revision that %s is parked on is not ACTIVE, so a rollback could not put it back;"
            + " update that service to an active revision first",
        target.idle().service());
    require(
        found.scaling().size() != 1,
        "only one of the two services has a scalable target; give the other one, too, or neither");
  }

  private void rule(Target target, Rule rule) {
    Forward forward = rule.forward().orElseThrow();
    require(
        forward.names(target.idle().targetGroupArn())
            || forward.groups().size() < Forward.MAX_GROUPS,
        "the rule holds %d target groups already, there is no room for %s",
        forward.groups().size(),
        target.idle().targetGroupArn());
    require(
        forward.stickySeconds() <= MAX_STICKY_SECONDS,
        "visitors stick to a target group for %d s; at most %d s can be waited for",
        forward.stickySeconds(),
        MAX_STICKY_SECONDS);
  }

  private void alarms(List<Alarm> alarms) {
    AlarmGate.missing(release.alarms(), alarms)
        .forEach(name -> problems.add("CloudWatch does not know the alarm \"%s\"".formatted(name)));
    List<Alarm> firing = AlarmGate.firing(alarms);
    require(
        firing.isEmpty() || release.overrides(Waiver.Check.ALARM_ALREADY_FIRING),
        "%s; mend it first, or override alarm-already-firing with a reason",
        AlarmGate.tell(firing));
    require(
        !alarms.isEmpty() || release.overrides(Waiver.Check.NO_ALARMS),
        "no alarm watches either target group, so a bad version would not be noticed;"
            + " name one in \"alarms\", or override no-alarms with a reason");
  }
}
