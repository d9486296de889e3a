package io.crossfade.gate;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.aws.Handler;
import io.crossfade.command.CommandLook;
import io.crossfade.command.CommandStage;
import io.crossfade.command.Commanded;
import io.crossfade.fleet.CanaryCapacity;
import io.crossfade.fleet.TargetHealth;
import io.crossfade.release.ComparedSteps;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.Progress;
import io.crossfade.release.Side;
import io.crossfade.release.TransientFailure;
import jakarta.inject.Named;
import java.time.Instant;

/** Looks at the alarms, and at what the canary answers, while a step bakes. */
@Named("check-alarms")
@Handler
public class CheckAlarmsHandler implements RequestHandler<Invocation, Deployment> {
  private final WatchedAlarms alarms;
  private final RequestCounts requests;
  private final TargetHealth health;
  private final CommandLook commands;

  public CheckAlarmsHandler(
      WatchedAlarms alarms, RequestCounts requests, TargetHealth health, CommandLook commands) {
    this.alarms = alarms;
    this.requests = requests;
    this.health = health;
    this.commands = commands;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    WatchedAlarms.Look alarmed = alarms.look(in.document());
    CanaryCapacity canary = health.capacityOf(alarmed.deployment(), in.now());
    Deployment baking = AlarmPolicy.beginBake(canary.recordIn(alarmed.deployment()), in.now());
    WatchedAlarms.Look look = withRequests(alarmed.of(baking), in.now());
    Commanded<AlarmPolicy.Action> decided =
        commands.decide(
            look.deployment(),
            CommandStage.BAKING,
            in.now(),
            AlarmPolicy.Action.ROLL_BACK,
            told -> AlarmPolicy.decide(told, canary, look.alarms(), in.now()));
    Progress progress = decided.deployment().progress();
    return decided
        .deployment()
        .with(progress.in(AlarmPolicy.phaseAfter(decided.decision().action())))
        .recordDecision(decided.decision(), in.now());
  }

  /** What was counted last was OK, or the release would be on its way back. */
  private WatchedAlarms.Look withRequests(WatchedAlarms.Look look, Instant now) {
    Progress progress = look.deployment().progress();
    ComparedSteps compared = progress.comparison().lookedAt(progress.since(), now);
    Deployment deployment = look.deployment().with(progress.with(compared));
    Side canary = deployment.target().canary();
    if (progress.counted() != null && !progress.counted().nextIsDue(now)) {
      return look.of(deployment).and(UnansweredRequests.unchanged(canary));
    }
    try {
      Instant first = progress.firstTraffic();
      CountedRequests counted = requests.between(deployment, first, now);
      Progress seen =
          progress
              .withCounted(counted.newestOfCanary(), now)
              .with(ComparedRequests.in(counted, compared));
      return look.of(deployment.with(seen))
          .and(UnansweredRequests.judge(canary, counted, UnansweredRequests.from(first, now)));
    } catch (TransientFailure untold) {
      return look.of(deployment).and(UnansweredRequests.uncounted(canary));
    }
  }
}
