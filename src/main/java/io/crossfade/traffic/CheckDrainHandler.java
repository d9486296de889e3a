package io.crossfade.traffic;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.aws.Handler;
import io.crossfade.fleet.CanaryCapacity;
import io.crossfade.fleet.TargetHealth;
import io.crossfade.gate.AlarmPolicy;
import io.crossfade.gate.AlarmReader;
import io.crossfade.gate.AnswerCounts;
import io.crossfade.gate.WatchedAlarms;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.Phase;
import io.crossfade.release.Timings;
import jakarta.inject.Named;
import java.time.Instant;

/**
 * Waits until the stable group has been seen to get no requests. As long as the old version is
 * there, the way back is open: the new one is still watched.
 */
@Named("check-drain")
@Handler
public class CheckDrainHandler implements RequestHandler<Invocation, Deployment> {
  private final ListenerRules rules;
  private final RequestCounts counts;
  private final AlarmReader alarms;
  private final AnswerCounts answers;
  private final TargetHealth health;

  public CheckDrainHandler(
      ListenerRules rules,
      RequestCounts counts,
      AlarmReader alarms,
      AnswerCounts answers,
      TargetHealth health) {
    this.rules = rules;
    this.counts = counts;
    this.alarms = alarms;
    this.answers = answers;
    this.health = health;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    CanaryCapacity canary = health.capacityOf(in.document(), in.now());
    Deployment deployment = canary.recordIn(in.document());
    Decision<Drain.Action> decision =
        AlarmPolicy.reasonToStop(
                deployment, WatchedAlarms.by(deployment, alarms, answers, in.now()))
            .map(reason -> Decision.of(Drain.Action.ROLL_BACK, reason))
            .orElseGet(() -> decideDrain(deployment, canary, in));
    return deployment
        .with(deployment.progress().in(Phase.DRAINING))
        .recordDecision(decision, in.now());
  }

  private Decision<Drain.Action> decideDrain(
      Deployment deployment, CanaryCapacity canary, Invocation in) {
    ListenerRule rule = rules.read(deployment.release().ruleArn());
    Instant settled = deployment.progress().since().plusSeconds(Timings.SETTLE_SECONDS);
    return Drain.decide(
        deployment,
        rule,
        canary,
        counts.between(rule, deployment.target(), settled, in.now()),
        in.now());
  }
}
