package io.crossfade.traffic;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.fleet.TargetHealth;
import io.crossfade.gate.AlarmPolicy;
import io.crossfade.gate.AlarmReader;
import io.crossfade.gate.WatchedAlarms;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.Verdict;
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
    Verdict verdict = stop(deployment).orElseGet(() -> drained(deployment, in));
    return deployment.decided(verdict, in.now());
  }

  /** As long as the old version is there, the way back is open: the new one is still watched. */
  private Optional<Verdict> stop(Deployment deployment) {
    int healthy = health.of(deployment.target().canary().targetGroupArn()).healthy();
    return AlarmPolicy.stop(deployment, WatchedAlarms.by(deployment, alarms))
        .or(() -> Shift.weakened(deployment, healthy));
  }

  private Verdict drained(Deployment deployment, Invocation in) {
    ListenerRule rule = rules.read(deployment.release().ruleArn());
    Instant settled = deployment.progress().since().plusSeconds(deployment.pace().settleSeconds());
    return Drain.decide(
        deployment, rule, counts.between(rule, deployment.target(), settled, in.now()), in.now());
  }
}
