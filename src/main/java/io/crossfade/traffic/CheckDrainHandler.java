package io.crossfade.traffic;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.aws.Handler;
import io.crossfade.command.CommandLook;
import io.crossfade.command.CommandStage;
import io.crossfade.command.Commanded;
import io.crossfade.fleet.CanaryCapacity;
import io.crossfade.fleet.TargetHealth;
import io.crossfade.gate.AlarmPolicy;
import io.crossfade.gate.CountedRequests;
import io.crossfade.gate.RequestCounts;
import io.crossfade.gate.UnansweredRequests;
import io.crossfade.gate.WatchedAlarms;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.Phase;
import io.crossfade.release.Progress;
import io.crossfade.release.Timings;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Optional;

/**
 * Waits until the stable group has been seen to get no requests. As long as the old version is
 * there, the way back is open: the new one is still watched.
 */
@Named("check-drain")
@Handler
public class CheckDrainHandler implements RequestHandler<Invocation, Deployment> {
  private final ListenerRules rules;
  private final RequestCounts counts;
  private final WatchedAlarms alarms;
  private final TargetHealth health;
  private final CommandLook commands;

  public CheckDrainHandler(
      ListenerRules rules,
      RequestCounts counts,
      WatchedAlarms alarms,
      TargetHealth health,
      CommandLook commands) {
    this.rules = rules;
    this.counts = counts;
    this.alarms = alarms;
    this.health = health;
    this.commands = commands;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    CanaryCapacity canary = health.capacityOf(in.document(), in.now());
    WatchedAlarms.Look look = alarms.look(canary.recordIn(in.document())).requireRead();
    Decision<Drain.Action> decision =
        stop(look).orElseGet(() -> decideDrain(look, canary, in.now()));
    Deployment deployment = look.deployment();
    Commanded<Drain.Action> decided =
        commands.decide(
            deployment.with(deployment.progress().in(Phase.DRAINING)),
            CommandStage.DRAINING,
            in.now(),
            Drain.Action.ROLL_BACK,
            told -> decision);
    return decided.deployment().recordDecision(decided.decision(), in.now());
  }

  private static Optional<Decision<Drain.Action>> stop(WatchedAlarms.Look look) {
    return AlarmPolicy.reasonToStop(look.deployment(), look.alarms())
        .map(reason -> Decision.of(Drain.Action.ROLL_BACK, reason));
  }

  private Optional<Decision<Drain.Action>> testDrift(Deployment deployment) {
    return rules
        .readTest(deployment.release())
        .flatMap(test -> TestTraffic.drift(deployment, test))
        .map(drift -> Decision.of(Drain.Action.ROLL_BACK, drift));
  }

  /** One question tells what the canary leaves unanswered and whether the stable group is quiet. */
  private Decision<Drain.Action> decideDrain(
      WatchedAlarms.Look look, CanaryCapacity canary, Instant now) {
    Deployment deployment = look.deployment();
    Progress progress = deployment.progress();
    Instant from = UnansweredRequests.from(progress.firstTraffic(), now);
    CountedRequests counted = counts.between(deployment, from, now);
    Instant settled = progress.since().plusSeconds(Timings.SETTLE_SECONDS);
    return stop(look.and(UnansweredRequests.judge(deployment.target().canary(), counted, from)))
        .or(() -> testDrift(deployment))
        .orElseGet(
            () ->
                Drain.decide(
                    deployment,
                    rules.read(deployment.release().ruleArn()),
                    canary,
                    counted.minutes(settled.isAfter(from) ? settled : from, now),
                    now));
  }
}
