package io.crossfade.fleet;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.lock.LockGuard;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.Verdict;
import jakarta.inject.Named;

/** Takes the old version away, and gives the new one the bounds of its scaling. */
@Named("scale-in")
public class ScaleInHandler implements RequestHandler<Invocation, Deployment> {
  private final LockGuard guard;
  private final PointOfNoReturn pointOfNoReturn;
  private final Services services;
  private final ScalingTargets scaling;

  public ScaleInHandler(
      LockGuard guard, PointOfNoReturn pointOfNoReturn, Services services, ScalingTargets scaling) {
    this.guard = guard;
    this.pointOfNoReturn = pointOfNoReturn;
    this.services = services;
    this.scaling = scaling;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    guard.require(in);
    Deployment deployment = in.document();
    pointOfNoReturn.passed(deployment);
    String cluster = deployment.target().cluster();
    String old = deployment.target().live().service();
    String fresh = deployment.target().idle().service();
    Handover handover = Handover.of(deployment.snapshot().scaling(), old, fresh);
    handover.fresh().ifPresent(bounds -> scaling.put(cluster, bounds));
    services.scale(cluster, old, 0);
    handover.old().ifPresent(bounds -> scaling.put(cluster, bounds));
    Verdict verdict =
        Verdict.of(Verdict.Action.PROCEED, "%s is live, %s is scaled in".formatted(fresh, old));
    return deployment.decided(verdict, in.now());
  }
}
