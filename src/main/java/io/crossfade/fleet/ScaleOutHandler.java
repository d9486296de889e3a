package io.crossfade.fleet;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.aws.Handler;
import io.crossfade.lock.LockGuard;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.ServiceState;
import io.crossfade.release.Timings;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;

/** Holds the autoscaler, then starts the new version on the canary service. */
@Named("scale-out")
@Handler
public class ScaleOutHandler implements RequestHandler<Invocation, Deployment> {
  private enum Done implements Decision.Action {
    /** SCALED_OUT means the tasks were asked for, which was read back. */
    SCALED_OUT
  }

  private final LockGuard guard;
  private final Services services;
  private final ScalingTargets scaling;

  public ScaleOutHandler(LockGuard guard, Services services, ScalingTargets scaling) {
    this.guard = guard;
    this.services = services;
    this.scaling = scaling;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    guard.require(in);
    Deployment deployment = in.document();
    String cluster = deployment.target().cluster();
    String stable = deployment.target().stable().service();
    String canary = deployment.target().canary().service();
    List<String> both = List.of(stable, canary);
    Map<String, Service> found = services.get(cluster, both);
    Service serving = found.get(stable);
    Service parked = found.get(canary);
    int capacity = Capacity.needed(deployment.snapshot().stable(), serving);
    scaling.put(
        cluster,
        scaling.of(cluster, both),
        ScalingSwap.held(deployment.snapshot(), serving, parked, capacity));
    services.update(
        cluster, parked.state(), new ServiceState(canary, deployment.taskDefinition(), capacity));
    Decision<Done> done =
        new Decision<>(
            Done.SCALED_OUT,
            "%s starts %d tasks of %s".formatted(canary, capacity, deployment.taskDefinition()),
            Timings.POLL_SECONDS);
    return deployment
        .with(deployment.progress().scaledOut(capacity, in.now()))
        .recordDecision(done, in.now());
  }
}
