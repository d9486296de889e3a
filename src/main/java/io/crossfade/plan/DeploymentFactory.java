package io.crossfade.plan;

import io.crossfade.fleet.Service;
import io.crossfade.gate.Alarm;
import io.crossfade.gate.AlarmPolicy;
import io.crossfade.release.Deployment;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.Progress;
import io.crossfade.release.Release;
import io.crossfade.release.Snapshot;
import io.crossfade.release.Timings;
import io.crossfade.release.Verdict;
import io.crossfade.release.Verdict.Action;
import java.time.Instant;
import java.util.List;

/** Turns a release and what was found into the deployment document. */
public final class DeploymentFactory {
  private DeploymentFactory() {}

  static Deployment plan(
      PlanInvocation in,
      Release release,
      DeploymentTarget target,
      Discovered found,
      List<String> problems) {
    String id = id(in.execution());
    if (!problems.isEmpty()) {
      return Deployment.refused(id, in.execution(), String.join("\n", problems));
    }
    Verdict verdict = Verdict.of(Action.PROCEED, PlanDescription.sentence(release, target, found));
    return new Deployment(
            id,
            in.execution(),
            release,
            Timings.DEFAULT,
            target,
            snapshot(target, found, in.now()),
            null,
            Progress.begin(in.now()),
            verdict,
            null,
            null,
            null)
        .decided(
            release.dryRun()
                ? Verdict.of(Action.DRY_RUN, PlanDescription.whole(release, target, found))
                : verdict,
            in.now());
  }

  /** The execution's name is the last part of its ARN. */
  static String id(String execution) {
    return execution.substring(execution.lastIndexOf(':') + 1);
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
        names(found.alarms()));
  }

  private static List<String> names(List<Alarm> alarms) {
    return alarms.stream().map(Alarm::name).toList();
  }
}
