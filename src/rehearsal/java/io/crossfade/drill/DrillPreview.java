package io.crossfade.drill;

import io.crossfade.cost.Price;
import io.crossfade.rehearsal.OptionReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a drill will touch and cost, in lines for the person who is asked. */
final class DrillPreview {
  /** Starting tasks and passing health checks, and all that a restore takes, in minutes. */
  private static final int START_AND_RESTORE = 12;

  private DrillPreview() {}

  static List<String> lines(DrillOptions options, DrillTarget target, Map<String, Price> prices) {
    List<String> lines = new ArrayList<>();
    lines.add("Account %s, region %s.".formatted(target.account(), target.region()));
    lines.add(
        "The drill releases %s, and has the release turned back by %s."
            .formatted(target.image(), cause(options, target)));
    lines.add("It touches:");
    lines.add(
        "  %s: up to %d %% for %s"
            .formatted(target.ruleArn(), options.scenario().turn(), target.canary()));
    lines.add(
        "  service %s in cluster %s: gets a new task definition and %d tasks"
            .formatted(target.canary(), target.cluster(), target.tasks()));
    lines.add(
        "  the scaling of %s and %s: held meanwhile".formatted(target.stable(), target.canary()));
    target
        .alarm()
        .ifPresent(alarm -> lines.add("  alarm %s: %s".formatted(alarm, actions(target))));
    lines.add(
        "  executions of %s, which tell Slack and the stack's topic as of any release"
            .formatted(target.stateMachineArn()));
    int minutes = minutes(options);
    lines.add(
        String.format(
            Locale.ROOT,
            "For about %d minutes two sets of tasks run: %d more of %s vCPU and %s GB, about %.2f USD at the prices of %s.",
            minutes,
            target.tasks(),
            OptionReader.plain(target.taskSize().vcpu()),
            OptionReader.plain(target.taskSize().memoryGb()),
            usd(target, minutes, prices),
            prices.get("fargate-vcpu").region()));
    lines.add(
        "Visitors get their answers from both sets. Everything is put back, and compared in the end.");
    return lines;
  }

  private static String cause(DrillOptions options, DrillTarget target) {
    return switch (options.scenario()) {
      case ALARM -> "the alarm %s at 50 %%".formatted(target.alarm().orElseThrow());
      case REJECT ->
          "a person who clicks Reject in Slack's channel %s, within %d minutes"
              .formatted(target.slackChannel(), options.timeoutSeconds() / 60);
      case STOP -> "the guardian, when its execution is stopped at 25 %";
    };
  }

  private static String actions(DrillTarget target) {
    return target.alarmActions().isEmpty()
        ? "set to ALARM and back; it has no actions"
        : "set to ALARM and back; it calls " + String.join(", ", target.alarmActions());
  }

  /** At most, where a person is slow to answer. */
  static int minutes(DrillOptions options) {
    int seconds = options.scenario().bakes() * options.bakeSeconds();
    if (options.scenario() == DrillScenario.REJECT) {
      seconds += options.timeoutSeconds();
    }
    return START_AND_RESTORE + (seconds + 59) / 60;
  }

  static double usd(DrillTarget target, int minutes, Map<String, Price> prices) {
    double hours = target.tasks() * minutes / 60.0;
    return hours
        * (target.taskSize().vcpu() * prices.get("fargate-vcpu").usd()
            + target.taskSize().memoryGb() * prices.get("fargate-memory").usd());
  }
}
