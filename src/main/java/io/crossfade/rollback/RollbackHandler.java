package io.crossfade.rollback;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.fleet.ScalingTargets;
import io.crossfade.fleet.Service;
import io.crossfade.fleet.Services;
import io.crossfade.lock.LockGuard;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.Restoration;
import io.crossfade.release.Snapshot;
import io.crossfade.rollback.Difference.Part;
import io.crossfade.traffic.Rules;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;

/** Puts back what differs from the snapshot: traffic first and at once, then the rest. */
@Named("rollback")
public class RollbackHandler implements RequestHandler<Invocation, Deployment> {
  private final LockGuard guard;
  private final Survey survey;
  private final Rules rules;
  private final Services services;
  private final ScalingTargets scaling;

  public RollbackHandler(
      LockGuard guard, Survey survey, Rules rules, Services services, ScalingTargets scaling) {
    this.guard = guard;
    this.survey = survey;
    this.rules = rules;
    this.services = services;
    this.scaling = scaling;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    return guard.lost(in).isPresent()
        ? in.document().with(Restore.untouched(in.document()))
        : putBack(in);
  }

  private Deployment putBack(Invocation in) {
    Now now = survey.of(in.document());
    List<Difference> differences = Restore.differences(in.document().snapshot(), now);
    boolean trafficAsItWas = differences.stream().noneMatch(d -> d.part() == Part.TRAFFIC);
    Deployment deployment = begun(in.document(), trafficAsItWas, in.now());
    List<Part> due = Restore.due(deployment, differences, in.now());
    due.forEach(part -> putBack(part, deployment, now));
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

  private void putBack(Part part, Deployment deployment, Now now) {
    Snapshot was = deployment.snapshot();
    String cluster = deployment.target().cluster();
    switch (part) {
      case TRAFFIC -> {
        rules.write(now.rule().withActions(was.actions()));
        grow(deployment, now);
      }
      case SERVICE -> {
        services.update(cluster, Restore.wanted(was.live(), now));
        services.update(cluster, was.idle());
      }
      case SCALING -> was.scaling().forEach(state -> scaling.put(cluster, state));
    }
  }

  /**
   * Where the new version has grown with its visitors the old one gets them back, and needs as many
   * tasks. After the rule, which must not wait for ECS.
   */
  private void grow(Deployment deployment, Now now) {
    int needed = Restore.needed(deployment, now);
    String live = deployment.target().live().service();
    Service service = now.services().get(live);
    if (service != null && service.desired() < needed) {
      services.scale(deployment.target().cluster(), live, needed);
    }
  }
}
