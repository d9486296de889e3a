package io.crossfade.plan;

import io.crossfade.fleet.Service;
import io.crossfade.lock.ReleasedBuild;
import io.crossfade.release.Deployment;
import io.crossfade.release.DeploymentTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Decides whether what is there now is still what a release has left, so that it can be undone. */
final class RevertPolicy {
  private RevertPolicy() {}

  static String unknown(String deployment) {
    return "no snapshot of %s is stored: nothing was ever changed under that id, or it is too old"
        .formatted(deployment);
  }

  /**
   * Every reason why it is not; none if it is.
   *
   * @param planned the release's record as its plan stored it
   * @param finished the same when its old version began to be taken away; null if that never began
   * @param live the last build that was released on the rule; null if none was
   * @param target who has the traffic now, and who is parked
   */
  static List<String> problems(
      Deployment planned,
      Deployment finished,
      ReleasedBuild live,
      DeploymentTarget target,
      Map<String, Service> services) {
    String id = planned.id();
    if (finished == null) {
      return List.of("%s was not released, so there is nothing to take back".formatted(id));
    }
    if (live == null || !live.deployment().equals(id)) {
      return List.of(
          "the last release of this rule is not %s but %s"
              .formatted(id, live == null ? "not known" : live.sentence()));
    }
    DeploymentTarget left = planned.target();
    if (!target.cluster().equals(left.cluster())
        || !target.stable().equals(left.canary())
        || !target.canary().equals(left.stable())) {
      return List.of(
          "%s has moved the traffic of %s from %s to %s, but now %s has it and %s is parked in %s"
              .formatted(
                  id,
                  left.cluster(),
                  left.stable().told(),
                  left.canary().told(),
                  target.stable().told(),
                  target.canary().told(),
                  target.cluster()));
    }
    List<String> problems = new ArrayList<>();
    String serving = services.get(target.stable().service()).taskDefinition();
    if (!serving.equals(finished.taskDefinition())) {
      problems.add(
          "%s runs %s, and not %s, which %s released"
              .formatted(target.stable().service(), serving, finished.taskDefinition(), id));
    }
    String parked = services.get(target.canary().service()).taskDefinition();
    String replaced = planned.snapshot().stable().taskDefinition();
    if (!parked.equals(replaced)) {
      problems.add(
          "%s is parked on %s, and not on %s, which %s replaced"
              .formatted(target.canary().service(), parked, replaced, id));
    }
    return problems;
  }
}
