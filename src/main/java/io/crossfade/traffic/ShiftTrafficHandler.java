package io.crossfade.traffic;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.aws.Handler;
import io.crossfade.command.CommandLook;
import io.crossfade.command.CommandStage;
import io.crossfade.command.Commanded;
import io.crossfade.fleet.CanaryCapacity;
import io.crossfade.fleet.TargetHealth;
import io.crossfade.lock.LockGuard;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.Weights;
import jakarta.inject.Named;
import java.time.Instant;

/** Writes the next weight, and before the first one the test rule. */
@Named("shift-traffic")
@Handler
public class ShiftTrafficHandler implements RequestHandler<Invocation, Deployment> {
  private final LockGuard guard;
  private final ListenerRules rules;
  private final TargetHealth health;
  private final CommandLook commands;

  public ShiftTrafficHandler(
      LockGuard guard, ListenerRules rules, TargetHealth health, CommandLook commands) {
    this.guard = guard;
    this.rules = rules;
    this.health = health;
    this.commands = commands;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    guard.require(in);
    return in.testTraffic() ? shiftTest(in) : shiftUsers(in);
  }

  private Deployment shiftTest(Invocation in) {
    Deployment deployment = in.document();
    ListenerRule rule = rules.read(deployment.release().testRuleArn());
    Decision<TestTraffic.Action> decision = TestTraffic.decide(deployment, rule);
    return switch (decision.action()) {
      case SHIFTED, CHECK_FIRST -> {
        rules.change(rule, TestTraffic.shifted(deployment, rule));
        yield deployment
            .with(deployment.progress().tested(in.now()))
            .recordDecision(decision, in.now());
      }
      case ROLL_BACK -> deployment.recordDecision(decision, in.now());
    };
  }

  private Deployment shiftUsers(Invocation in) {
    CanaryCapacity canary = health.capacityOf(in.document(), in.now());
    Deployment deployment = canary.recordIn(in.document());
    ListenerRule rule = rules.read(deployment.release().ruleArn());
    Decision<Shift.Action> decision =
        rules
            .readTest(deployment.release())
            .flatMap(test -> TestTraffic.drift(deployment, test))
            .map(drift -> Decision.of(Shift.Action.ROLL_BACK, drift))
            .orElseGet(() -> Shift.decide(deployment, rule, canary));
    return switch (decision.action()) {
      case SHIFTED -> shift(deployment, rule, in).recordDecision(decision, in.now());
      case WAIT -> waiting(deployment, decision, in.now());
      case KEEP_BAKING, ROLL_BACK -> deployment.recordDecision(decision, in.now());
    };
  }

  /** Nothing else looks at commands while targets are waited for before the first step. */
  private Deployment waiting(Deployment deployment, Decision<Shift.Action> wait, Instant now) {
    Commanded<Shift.Action> decided =
        commands.decide(
            deployment, CommandStage.STARTING, now, Shift.Action.ROLL_BACK, told -> wait);
    return decided.deployment().recordDecision(decided.decision(), now);
  }

  private Deployment shift(Deployment deployment, ListenerRule rule, Invocation in) {
    Weights next = Shift.next(deployment);
    rules.change(rule, rule.divided(deployment.target(), next));
    int step = deployment.progress().step() + 1;
    return deployment.with(deployment.progress().shifted(step, next, in.now()));
  }
}
