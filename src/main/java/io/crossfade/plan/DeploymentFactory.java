package io.crossfade.plan;

import io.crossfade.fleet.Service;
import io.crossfade.gate.Alarm;
import io.crossfade.gate.AlarmPolicy;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.ExecutionArn;
import io.crossfade.release.Progress;
import io.crossfade.release.Release;
import io.crossfade.release.Snapshot;
import java.time.Instant;
import java.util.List;

/** Turns a release and what was found into the deployment document. */
public final class DeploymentFactory {
  private DeploymentFactory() {}

  static Plan refused(PlanInvocation in, List<String> problems) {
    return new Plan(refusal(in, String.join("\n", problems)), false);
  }

  static Deployment refusal(PlanInvocation in, String reason) {
    return Deployment.refused(ExecutionArn.name(in.execution()), in.execution(), reason);
  }

  static Plan planned(
      PlanInvocation in, Release release, DeploymentTarget target, Discovered found) {
    boolean revert = release.revert() != null;
    Decision<Plan.Action> decision =
        release.dryRun()
            ? Decision.of(Plan.Action.DRY_RUN, PlanDescription.whole(release, target, found))
            : Decision.of(
                revert ? Plan.Action.REVERT : Plan.Action.START,
                PlanDescription.sentence(release, target, found));
    Snapshot snapshot = snapshot(target, found, in.now());
    Deployment document =
        new Deployment(
                ExecutionArn.name(in.execution()),
                in.execution(),
                release,
                target,
                snapshot,
                revert ? snapshot.canary().taskDefinition() : null,
                Progress.begin(in.now()),
                decision.verdict(),
                null,
                null,
                null,
                null,
                null,
                null)
            .recordDecision(decision, in.now());
    return new Plan(document, !release.dryRun());
  }

  private static Snapshot snapshot(DeploymentTarget target, Discovered found, Instant now) {
    Service stable = found.services().get(target.stable().service());
    Service canary = found.services().get(target.canary().service());
    return new Snapshot(
        now,
        found.rule().actions(),
        stable.state(),
        canary.state(),
        found.scaling(),
        names(AlarmPolicy.firing(found.alarms())),
        names(found.alarms()),
        found.testRule() == null ? List.of() : found.testRule().actions());
  }

  private static List<String> names(List<Alarm> alarms) {
    return alarms.stream().map(Alarm::name).toList();
  }
}
