package io.crossfade.traffic;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.aws.Handler;
import io.crossfade.fleet.PointOfNoReturn;
import io.crossfade.fleet.ScalingSwap;
import io.crossfade.fleet.ScalingTargets;
import io.crossfade.fleet.Service;
import io.crossfade.fleet.Services;
import io.crossfade.fleet.TargetHealth;
import io.crossfade.lock.LockGuard;
import io.crossfade.release.CapacityShortfall;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.Release;
import io.crossfade.release.ScalingState;
import io.crossfade.release.ServiceState;
import io.crossfade.release.TransientFailure;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes the old version away, and gives the new one the bounds of its scaling. */
@Named("scale-in")
@Handler
public class ScaleInHandler implements RequestHandler<Invocation, Deployment> {
  private enum Done implements Decision.Action {
    /** SCALED_IN means the old version is gone and the new one has its scaling. */
    SCALED_IN
  }

  private final LockGuard guard;
  private final ListenerRules rules;
  private final TargetHealth health;
  private final PointOfNoReturn pointOfNoReturn;
  private final Services services;
  private final ScalingTargets scaling;

  public ScaleInHandler(
      LockGuard guard,
      ListenerRules rules,
      TargetHealth health,
      PointOfNoReturn pointOfNoReturn,
      Services services,
      ScalingTargets scaling) {
    this.guard = guard;
    this.rules = rules;
    this.health = health;
    this.pointOfNoReturn = pointOfNoReturn;
    this.services = services;
    this.scaling = scaling;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    guard.require(in);
    Deployment deployment = in.document();
    requireOwnWeights(deployment);
    requireHealthy(deployment);
    pointOfNoReturn.passed(deployment);
    // A restore takes the lock first and reads the mark then: one of the two sees the other.
    guard.require(in);
    String cluster = deployment.target().cluster();
    String stable = deployment.target().stable().service();
    String canary = deployment.target().canary().service();
    ScalingSwap swap = ScalingSwap.of(deployment.snapshot());
    List<String> both = List.of(stable, canary);
    Map<String, Service> found = services.get(cluster, both);
    int tasks = found.get(canary).desired();
    ServiceState old = found.get(stable).state();
    List<ScalingState> wide =
        Stream.of(swap.canaryWith(tasks), swap.stableBeforeParking(old.desiredCount()))
            .flatMap(Optional::stream)
            .toList();
    scaling.put(cluster, scaling.of(cluster, both), wide);
    services.update(cluster, old, new ServiceState(stable, old.taskDefinition(), 0));
    scaling.put(cluster, wide, swap.stable().stream().toList());
    return deployment.recordDecision(
        Decision.of(
            Done.SCALED_IN,
            "%s is live, %s is scaled in%s".formatted(canary, stable, swap.widened(tasks))),
        in.now());
  }

  /** Who has moved the traffic of either rule back meanwhile needs the old version. */
  private void requireOwnWeights(Deployment deployment) {
    Release release = deployment.release();
    PermanentFailure.throwFor(Drift.of(deployment, rules.read(release.ruleArn())));
    PermanentFailure.throwFor(
        rules.readTest(release).flatMap(test -> TestTraffic.drift(deployment, test)));
  }

  /**
   * Until the mark is left, missing targets are waited for where alarms are watched and the way
   * back is open. Whoever comes here after it, by a retry or a restore, goes forward or not at all.
   */
  private void requireHealthy(Deployment deployment) {
    health
        .ofCanary(deployment)
        .shortfallBeforeScaleIn()
        .ifPresent(
            shortfall -> {
              throw pointOfNoReturn.isPassed(deployment)
                  ? new TransientFailure(shortfall)
                  : new CapacityShortfall(shortfall);
            });
  }
}
