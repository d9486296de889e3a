package io.crossfade.plan;

import io.crossfade.fleet.Service;
import io.crossfade.gate.Alarm;
import io.crossfade.gate.AlarmPolicy;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.Release;
import io.crossfade.release.Step;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** The plan in words. */
final class PlanDescription {
  private PlanDescription() {}

  static String sentence(Release release, DeploymentTarget target, Discovered found) {
    Service stable = found.services().get(target.stable().service());
    return "%s%s is stable with %d of %d tasks; %s is the canary and receives %s%s"
        .formatted(
            release.revert() == null ? "" : release.revert().sentence() + "; ",
            stable.name(),
            stable.running(),
            stable.desired(),
            target.canary().service(),
            release.imageUri(),
            warning(release) + firing(release, found.alarms()));
  }

  /** Nobody was asked to let them pass by name. */
  private static String firing(Release release, List<Alarm> alarms) {
    List<Alarm> firing = AlarmPolicy.firing(alarms);
    return release.revert() == null || firing.isEmpty()
        ? ""
        : "; let pass, because a revert does not wait for it: " + AlarmPolicy.tell(firing);
  }

  private static String warning(Release release) {
    String hasty =
        release.steps().stream()
            .filter(step -> step.bakeSeconds() < Step.ALARM_SECONDS)
            .map(step -> "%d %%".formatted(step.weight()))
            .collect(Collectors.joining(", "));
    return hasty.isEmpty()
        ? ""
        : "; a step that bakes less than %d s can end before its alarm fires: %s"
            .formatted(Step.ALARM_SECONDS, hasty);
  }

  private static String definition(Release release, String stable, Discovered found) {
    return "task definition: %s with the image of \"%s\" changed from %s to %s"
        .formatted(
            found.services().get(stable).taskDefinition(),
            release.container(),
            ContainerImages.of(found.taskDefinition(), release.container()),
            release.imageUri());
  }

  private static void addChecks(StringJoiner text, Release release, Integer after) {
    release.checks().stream()
        .filter(check -> Objects.equals(check.after(), after))
        .forEach(
            check -> text.add("%s: within %d s".formatted(check.title(), check.deadlineSeconds())));
  }

  static String whole(Release release, DeploymentTarget target, Discovered found) {
    String stable = target.stable().service();
    String canary = target.canary().service();
    StringJoiner text = new StringJoiner("\n");
    text.add(sentence(release, target, found));
    text.add(
        release.revert() == null
            ? definition(release, stable, found)
            : "task definition: %s, which is there already"
                .formatted(found.services().get(canary).taskDefinition()));
    text.add("rule: %s at 0 %%".formatted(canary));
    text.add("scaling: held on %s and %s".formatted(stable, canary));
    if (found.testRule() != null) {
      text.add("test rule: %s 100 %%, %s 0 %%, before any user".formatted(canary, stable));
    }
    addChecks(text, release, null);
    for (Step step : release.steps()) {
      text.add(
          "rule: %s %d %%, %s %d %%, watched %d s"
              .formatted(canary, step.weight(), stable, 100 - step.weight(), step.bakeSeconds()));
      addChecks(text, release, step.weight());
    }
    text.add(release.approval().skip() ? "approval: skipped" : "approval: asked for");
    text.add("scale in: %s to 0".formatted(stable));
    text.add(
        "undo: the rule's %d actions as they are, %s at %d x %s, %s at %d x %s"
            .formatted(
                found.rule().actions().size(),
                stable,
                found.services().get(stable).desired(),
                found.services().get(stable).taskDefinition(),
                canary,
                found.services().get(canary).desired(),
                found.services().get(canary).taskDefinition()));
    return text.add("alarms: " + AlarmPolicy.tell(found.alarms())).toString();
  }
}
