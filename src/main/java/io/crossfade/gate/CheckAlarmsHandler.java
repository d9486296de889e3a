package io.crossfade.gate;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.fleet.CanaryCapacity;
import io.crossfade.fleet.TargetHealth;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.Progress;
import io.crossfade.release.Side;
import io.crossfade.release.TransientFailure;
import jakarta.inject.Named;
import java.time.Instant;

/** Looks at the alarms, and at what the canary answers, while a step bakes. */
@Named("check-alarms")
public class CheckAlarmsHandler implements RequestHandler<Invocation, Deployment> {
  private final WatchedAlarms alarms;
  private final RequestCounts requests;
  private final TargetHealth health;

  public CheckAlarmsHandler(WatchedAlarms alarms, RequestCounts requests, TargetHealth health) {
    this.alarms = alarms;
    this.requests = requests;
    this.health = health;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    if (in.onlyWarms()) {
      return null;
    }
    WatchedAlarms.Look look = withRequests(alarms.look(in.document()), in.now());
    CanaryCapacity canary = health.capacityOf(look.deployment(), in.now());
    Deployment baking = AlarmPolicy.beginBake(canary.recordIn(look.deployment()), in.now());
    Decision<AlarmPolicy.Action> decision =
        AlarmPolicy.decide(baking, canary, look.alarms(), in.now());
    return baking
        .with(baking.progress().in(AlarmPolicy.phaseAfter(decision.action())))
        .recordDecision(decision, in.now());
  }

  /** What was counted last was OK, or the release would be on its way back. */
  private WatchedAlarms.Look withRequests(WatchedAlarms.Look look, Instant now) {
    Deployment deployment = look.deployment();
    Progress progress = deployment.progress();
    Side canary = deployment.target().canary();
    if (progress.counted() != null && !progress.counted().nextIsDue(now)) {
      return look.and(UnansweredRequests.unchanged(canary));
    }
    try {
      Instant from = UnansweredRequests.from(progress.firstTraffic(), now);
      CountedRequests counted = requests.between(deployment, from, now);
      Deployment seen = deployment.with(progress.withCounted(counted.newestOfCanary(), now));
      return new WatchedAlarms.Look(seen, look.alarms(), look.unread())
          .and(UnansweredRequests.judge(canary, counted, from));
    } catch (TransientFailure untold) {
      return look.and(UnansweredRequests.uncounted(canary));
    }
  }
}
