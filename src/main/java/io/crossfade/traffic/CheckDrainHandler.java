package io.crossfade.traffic;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.fleet.TargetHealth;
import io.crossfade.gate.AlarmGate;
import io.crossfade.gate.Alarms;
import io.crossfade.gate.Watched;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.Verdict;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Optional;

/** Waits until the old group has been seen to get no requests. */
@Named("check-drain")
public class CheckDrainHandler implements RequestHandler<Invocation, Deployment> {
  private final Rules rules;
  private final RequestCounts counts;
  private final Alarms alarms;
  private final TargetHealth health;

  public CheckDrainHandler(Rules rules, RequestCounts counts, Alarms alarms, TargetHealth health) {
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
    int healthy = health.of(deployment.target().idle().targetGroupArn()).healthy();
    return AlarmGate.stop(deployment, Watched.by(deployment, alarms))
        .or(() -> Shift.weakened(deployment, healthy));
  }

  private Verdict drained(Deployment deployment, Invocation in) {
    Rule rule = rules.read(deployment.release().ruleArn());
    Instant settled = deployment.progress().since().plusSeconds(deployment.pace().settleSeconds());
    return Drain.decide(
        deployment, rule, counts.between(rule, deployment.target(), settled, in.now()), in.now());
  }
}
