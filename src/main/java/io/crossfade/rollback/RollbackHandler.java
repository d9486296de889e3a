package io.crossfade.rollback;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.fleet.ScalingTargets;
import io.crossfade.fleet.Service;
import io.crossfade.fleet.Services;
import io.crossfade.fleet.TargetHealth;
import io.crossfade.lock.LockGuard;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.Restoration;
import io.crossfade.release.Snapshot;
import io.crossfade.rollback.Difference.Part;
import io.crossfade.traffic.ListenerRule;
import io.crossfade.traffic.ListenerRules;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;

/** Puts back what differs from the snapshot: traffic first and at once, then the rest. */
@Named("rollback")
public class RollbackHandler implements RequestHandler<Invocation, Deployment> {
  private final LockGuard guard;
  private final CurrentStateReader survey;
  private final ListenerRules rules;
  private final TargetHealth health;
  private final Services services;
  private final ScalingTargets scaling;

  public RollbackHandler(
      LockGuard guard,
      CurrentStateReader survey,
      ListenerRules rules,
      TargetHealth health,
      Services services,
      ScalingTargets scaling) {
    this.guard = guard;
    this.survey = survey;
    this.rules = rules;
    this.health = health;
    this.services = services;
    this.scaling = scaling;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    return guard.lost(in).isPresent()
        ? in.document().with(Restore.untouched(in.document()))
        : putBack(in);
  }

  /** The rule waits for no other service: what cannot be read then is put back afterwards. */
  private Deployment putBack(Invocation in) {
    ListenerRule rule = rules.read(in.document().release().ruleArn());
    boolean trafficAsItWas = ListenerRules.same(in.document().snapshot().actions(), rule.actions());
    Deployment deployment = begun(in.document(), trafficAsItWas, in.now());
    if (!trafficAsItWas) {
      return turn(deployment, rule, in.now());
    }
    CurrentState now = survey.of(deployment);
    boolean turnedBefore = in.document().restoration() == null && hadTraffic(in.document());
    return turnedBefore && grow(deployment, now)
        ? deployment.with(Restore.turned(deployment, true))
        : putBackTheRest(deployment, now, in.now());
  }

  /** The first look finds the rule as it was if a try before wrote it and got no further. */
  private static boolean hadTraffic(Deployment deployment) {
    return deployment.progress() != null && deployment.progress().trafficSince() != null;
  }

  private Deployment turn(Deployment deployment, ListenerRule rule, Instant now) {
    int old = health.of(deployment.target().stable().targetGroupArn()).healthy();
    boolean nobodyThere =
        old == 0 && health.of(deployment.target().canary().targetGroupArn()).healthy() > 0;
    if (!nobodyThere) {
      rules.write(rule.withActions(deployment.snapshot().actions()));
    }
    boolean grew = grow(deployment, survey.of(deployment));
    Deployment told =
        nobodyThere && grew ? deployment.happened(Restore.held(deployment), now) : deployment;
    return told.with(Restore.turned(deployment, !nobodyThere));
  }

  private Deployment putBackTheRest(Deployment deployment, CurrentState now, Instant at) {
    List<Difference> differences = Restore.differences(deployment.snapshot(), now);
    List<Part> due = Restore.due(deployment, differences, at);
    RuntimeException failed = null;
    for (Part part : due) {
      try {
        putBack(part, deployment, now);
      } catch (RuntimeException left) {
        failed = failed == null ? left : failed;
      }
    }
    if (failed != null) {
      throw failed;
    }
    return deployment.with(Restore.next(deployment, differences, due));
  }

  private static Deployment begun(Deployment deployment, boolean trafficAsItWas, Instant now) {
    if (deployment.restoration() != null) {
      return deployment.with(deployment.restoration().trafficSeen(trafficAsItWas, now));
    }
    String reason = Restore.reason(deployment);
    Restoration fresh = new Restoration(reason, now, null);
    return deployment
        .with(fresh.trafficSeen(trafficAsItWas, now))
        .happened("rolling back: " + reason, now);
  }

  private void putBack(Part part, Deployment deployment, CurrentState now) {
    Snapshot was = deployment.snapshot();
    String cluster = deployment.target().cluster();
    switch (part) {
      case TRAFFIC -> rules.write(now.rule().withActions(was.actions()));
      case SERVICE -> {
        if (Restore.stableDiffers(was, now)) {
          services.update(cluster, Restore.wanted(was.stable(), now));
        }
        services.update(cluster, was.canary());
      }
      case SCALING -> was.scaling().forEach(state -> scaling.put(cluster, state));
    }
  }

  /**
   * Where the new version has grown with its visitors the old one gets them back, and needs as many
   * tasks. After the rule, which must not wait for ECS.
   */
  private boolean grow(Deployment deployment, CurrentState now) {
    int needed = Restore.needed(deployment, now);
    String stable = deployment.target().stable().service();
    Service service = now.services().get(stable);
    boolean tooFew = service != null && service.desired() < needed;
    if (tooFew) {
      services.scale(deployment.target().cluster(), stable, needed);
    }
    return tooFew;
  }
}
