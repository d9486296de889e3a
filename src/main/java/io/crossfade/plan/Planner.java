package io.crossfade.plan;

import io.crossfade.fleet.Service;
import io.crossfade.gate.Alarm;
import io.crossfade.gate.AlarmGate;
import io.crossfade.release.Deployment;
import io.crossfade.release.Pace;
import io.crossfade.release.Progress;
import io.crossfade.release.Release;
import io.crossfade.release.Snapshot;
import io.crossfade.release.Target;
import io.crossfade.release.Verdict;
import io.crossfade.release.Verdict.Action;
import java.time.Instant;
import java.util.List;

/** Turns a release and what was found into the deployment document. */
public final class Planner {
  private Planner() {}

  static Deployment plan(
      PlanInvocation in, Release release, Target target, Inventory found, List<String> problems) {
    String id = id(in.execution());
    if (!problems.isEmpty()) {
      return Deployment.refused(id, in.execution(), String.join("\n", problems));
    }
    Verdict verdict = Verdict.of(Action.PROCEED, PlanText.sentence(release, target, found));
    return new Deployment(
            id,
            in.execution(),
            release,
            Pace.DEFAULT,
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
                ? Verdict.of(Action.DRY_RUN, PlanText.whole(release, target, found))
                : verdict,
            in.now());
  }

  /** The execution's name is the last part of its ARN. */
  static String id(String execution) {
    return execution.substring(execution.lastIndexOf(':') + 1);
  }

  private static Snapshot snapshot(Target target, Inventory found, Instant now) {
    Service live = found.services().get(target.live().service());
    Service idle = found.services().get(target.idle().service());
    return new Snapshot(
        now,
        found.rule().actions(),
        live.state(),
        idle.state(),
        found.scaling(),
        names(AlarmGate.firing(found.alarms())),
        names(found.alarms()));
  }

  private static List<String> names(List<Alarm> alarms) {
    return alarms.stream().map(Alarm::name).toList();
  }
}
