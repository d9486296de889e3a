package io.crossfade.traffic;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.fleet.CanaryHealth;
import io.crossfade.fleet.TargetHealth;
import io.crossfade.gate.AlarmPolicy;
import io.crossfade.gate.AlarmReader;
import io.crossfade.gate.WatchedAlarms;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.Phase;
import io.crossfade.release.Timings;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Optional;

/** Waits until the stable group has been seen to get no requests. */
@Named("check-drain")
public class CheckDrainHandler implements RequestHandler<Invocation, Deployment> {
  private final ListenerRules rules;
  private final RequestCounts counts;
  private final AlarmReader alarms;
  private final TargetHealth health;

  public CheckDrainHandler(
      ListenerRules rules, RequestCounts counts, AlarmReader alarms, TargetHealth health) {
    this.rules = rules;
    this.counts = counts;
    this.alarms = alarms;
    this.health = health;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    Deployment deployment = in.document();
    Decision<Drain.Action> decision =
        reasonToStop(deployment)
            .map(reason -> Decision.of(Drain.Action.ROLL_BACK, reason))
            .orElseGet(() -> decideDrain(deployment, in));
    return deployment
        .with(deployment.progress().in(Phase.DRAINING))
        .recordDecision(decision, in.now());
  }

  /** As long as the old version is there, the way back is open: the new one is still watched. */
  private Optional<String> reasonToStop(Deployment deployment) {
    CanaryHealth canary = health.ofCanary(deployment);
    return AlarmPolicy.reasonToStop(deployment, WatchedAlarms.by(deployment, alarms))
        .or(canary::shortfallBeforeScaleIn);
  }

  private Decision<Drain.Action> decideDrain(Deployment deployment, Invocation in) {
    ListenerRule rule = rules.read(deployment.release().ruleArn());
    Instant settled = deployment.progress().since().plusSeconds(Timings.SETTLE_SECONDS);
    return Drain.decide(
        deployment, rule, counts.between(rule, deployment.target(), settled, in.now()), in.now());
  }
}
