package io.crossfade.plan;

import io.crossfade.fleet.Service;
import io.crossfade.gate.AlarmGate;
import io.crossfade.release.Release;
import io.crossfade.release.Step;
import io.crossfade.release.Target;
import java.util.StringJoiner;

/** The plan in words. */
final class PlanText {
  private PlanText() {}

  static String sentence(Release release, Target target, Inventory found) {
    Service live = found.services().get(target.live().service());
    return "%s is live with %d of %d tasks; %s is idle and receives %s"
        .formatted(
            live.name(),
            live.running(),
            live.desired(),
            target.idle().service(),
            release.imageUri());
  }

  static String whole(Release release, Target target, Inventory found) {
    String live = target.live().service();
    String idle = target.idle().service();
    StringJoiner text = new StringJoiner("\n");
    text.add(sentence(release, target, found));
    text.add(
        "task definition: %s with the image of \"%s\" changed from %s to %s"
            .formatted(
                found.services().get(live).taskDefinition(),
                release.container(),
                Images.of(found.taskDefinition(), release.container()),
                release.imageUri()));
    text.add("rule: %s at 0 %%".formatted(idle));
    text.add("scaling: held on %s and %s".formatted(live, idle));
    for (Step step : release.steps()) {
      text.add(
          "rule: %s %d %%, %s %d %%, watched %d s"
              .formatted(idle, step.weight(), live, 100 - step.weight(), step.bakeSeconds()));
    }
    text.add(release.approval().skip() ? "approval: skipped" : "approval: asked for");
    text.add("scale in: %s to 0".formatted(live));
    text.add(
        "undo: the rule's %d actions as they are, %s at %d x %s, %s at %d x %s"
            .formatted(
                found.rule().actions().size(),
                live,
                found.services().get(live).desired(),
                found.services().get(live).taskDefinition(),
                idle,
                found.services().get(idle).desired(),
                found.services().get(idle).taskDefinition()));
    return text.add("alarms: " + AlarmGate.tell(found.alarms())).toString();
  }
}
