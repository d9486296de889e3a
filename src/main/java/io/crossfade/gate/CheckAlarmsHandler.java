package io.crossfade.gate;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.aws.Handler;
import io.crossfade.fleet.CanaryCapacity;
import io.crossfade.fleet.TargetHealth;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import jakarta.inject.Named;

/** Looks at the alarms, and at what the canary answers, while a step bakes. */
@Named("check-alarms")
@Handler
public class CheckAlarmsHandler implements RequestHandler<Invocation, Deployment> {
  private final AlarmReader alarms;
  private final AnswerCounts answers;
  private final TargetHealth health;

  public CheckAlarmsHandler(AlarmReader alarms, AnswerCounts answers, TargetHealth health) {
    this.alarms = alarms;
    this.answers = answers;
    this.health = health;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    WatchedAlarms.Look look = WatchedAlarms.look(in.document(), alarms, answers, in.now());
    CanaryCapacity canary = health.capacityOf(look.deployment(), in.now());
    Deployment baking = AlarmPolicy.beginBake(canary.recordIn(look.deployment()), in.now());
    Decision<AlarmPolicy.Action> decision =
        AlarmPolicy.decide(baking, canary, look.alarms(), in.now());
    return baking
        .with(baking.progress().in(AlarmPolicy.phaseAfter(decision.action())))
        .recordDecision(decision, in.now());
  }
}
