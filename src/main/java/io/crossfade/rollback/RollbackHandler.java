package io.crossfade.rollback;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.aws.Handler;
import io.crossfade.fleet.ScalingTargets;
import io.crossfade.fleet.Service;
import io.crossfade.fleet.Services;
import io.crossfade.fleet.TargetHealth;
import io.crossfade.lock.LockGuard;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.Restoration;
import io.crossfade.release.ServiceState;
import io.crossfade.release.Snapshot;
import io.crossfade.rollback.Difference.Part;
import io.crossfade.traffic.ListenerRule;
import io.crossfade.traffic.ListenerRules;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Puts back what differs from the snapshot: traffic first and at once, then the rest. */
@Named("rollback")
@Handler
public class RollbackHandler implements RequestHandler<Invocation, Deployment> {
  private final LockGuard guard;
  private final CurrentStateReader current;
  private final ListenerRules rules;
  private final TargetHealth health;
  private final Services services;
  private final ScalingTargets scaling;

  public RollbackHandler(
      LockGuard guard,
      CurrentStateReader current,
      ListenerRules rules,
      TargetHealth health,
      Services services,
      ScalingTargets scaling) {
    this.guard = guard;
    this.current = current;
    this.rules = rules;
    this.health = health;
    this.services = services;
    this.scaling = scaling;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    return guard.lost(in).isPresent()
        ? in.document().with(RestorePolicy.withoutLock(in.document()))
        : putBack(in);
  }

  /** The rule waits for no other service: what cannot be read then is put back afterwards. */
  private Deployment putBack(Invocation in) {
    ListenerRule rule = rules.read(in.document().release().ruleArn());
    boolean trafficAsItWas = ListenerRules.same(in.document().snapshot().actions(), rule.actions());
    Deployment deployment = beginRestoration(in.document(), trafficAsItWas, in.now());
    if (!trafficAsItWas) {
      return turnTraffic(deployment, rule, in.now());
    }
    CurrentState is = current.of(deployment, rule);
    return TrafficReturn.mayHaveBeenInterrupted(in.document())
            && startMissingTasks(deployment, is.services())
        ? deployment.with(
            RestorePolicy.afterTrafficReturn(deployment, TrafficReturn.Action.TURN_BACK))
        : putBackTheRest(deployment, is, in.now());
  }

  private Deployment turnTraffic(Deployment deployment, ListenerRule rule, Instant now) {
    int stable = health.of(deployment.target().stable().targetGroupArn()).healthy();
    TrafficReturn.Action action =
        TrafficReturn.decide(stable, () -> health.ofCanary(deployment).healthy());
    if (action == TrafficReturn.Action.TURN_BACK) {
      rules.write(rule.withActions(deployment.snapshot().actions()));
    }
    boolean started = startMissingTasks(deployment, current.servicesOf(deployment));
    Deployment told =
        started && action == TrafficReturn.Action.START_TASKS_FIRST
            ? deployment.recordEvent(RestoreReasons.noHealthyTarget(deployment), now)
            : deployment;
    return told.with(RestorePolicy.afterTrafficReturn(deployment, action));
  }

  private Deployment putBackTheRest(Deployment deployment, CurrentState is, Instant now) {
    List<Difference> differences = SnapshotComparison.differences(deployment.snapshot(), is);
    List<Part> done = new ArrayList<>();
    RuntimeException failed = null;
    for (Part part : RestorePolicy.due(deployment, differences, now)) {
      try {
        putBack(part, deployment, is);
        done.add(part);
      } catch (RuntimeException left) {
        // Users need what comes after the test rule more than its testers need the rule.
        failed = failed == null && part != Part.TEST_TRAFFIC ? left : failed;
      }
    }
    if (failed != null) {
      throw failed;
    }
    return deployment.with(RestorePolicy.afterPutBack(deployment, differences, done));
  }

  private static Deployment beginRestoration(
      Deployment deployment, boolean trafficAsItWas, Instant now) {
    if (deployment.restoration() != null) {
      return deployment.with(deployment.restoration().trafficSeen(trafficAsItWas, now));
    }
    String reason = RestoreReasons.of(deployment);
    Restoration begun = new Restoration(reason, now, null);
    return deployment
        .with(begun.trafficSeen(trafficAsItWas, now))
        .recordEvent("rolling back: " + reason, now);
  }

  private void putBack(Part part, Deployment deployment, CurrentState is) {
    Snapshot was = deployment.snapshot();
    String cluster = deployment.target().cluster();
    switch (part) {
      case TRAFFIC -> rules.write(is.rule().withActions(was.actions()));
      case TEST_TRAFFIC -> rules.write(is.testRule().withActions(was.testActions()));
      case SERVICE -> {
        String stable = was.stable().service();
        String canary = was.canary().service();
        if (!SnapshotComparison.stableDifferences(was, is).isEmpty()) {
          services.update(cluster, shown(cluster, stable), RestorePolicy.wanted(was, is));
        }
        services.update(cluster, shown(cluster, canary), was.canary());
      }
      case SCALING -> scaling.put(cluster, is.scaling(), was.scaling());
      case LOST -> throw new PermanentFailure("the test rule is gone or cannot be read");
    }
  }

  /** Each by itself: if one is gone, the other is put back all the same. */
  private ServiceState shown(String cluster, String service) {
    return services.get(cluster, List.of(service)).get(service).state();
  }

  /**
   * Where the new version has grown with its visitors the old one gets them back, and needs as many
   * tasks. After the rule, which must not wait for ECS.
   */
  private boolean startMissingTasks(Deployment deployment, Map<String, Service> found) {
    OptionalInt missing = TrafficReturn.missingTasks(deployment, found);
    missing.ifPresent(
        tasks -> {
          ServiceState stable = found.get(deployment.target().stable().service()).state();
          services.update(
              deployment.target().cluster(),
              stable,
              new ServiceState(stable.service(), stable.taskDefinition(), tasks));
        });
    return missing.isPresent();
  }
}
