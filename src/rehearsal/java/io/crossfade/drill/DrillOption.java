package io.crossfade.drill;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** An option of the command line, {@code -Dlabel=value}. */
enum DrillOption {
  STACK("stack", "the releasing stack; needed"),
  SCENARIO("scenario", "what turns the release back: " + DrillScenario.labels() + " (alarm)"),
  SITE("site", "the stack whose output <Service>RuleArn is the rule (booking-site)"),
  SERVICE("service", "the services' name without -blue and -green (backend)"),
  RULE("rule", "the load balancer's rule, instead of a site's"),
  ALARM("alarm", "the alarm to set (the first on the new version's target group)"),
  IMAGE("image", "what is released (the image that runs)"),
  BAKE("bake", "seconds that a step bakes, 60 to 3600 (180)"),
  TIMEOUT("timeout", "seconds that the question waits for an answer, 60 to 3600 (900)"),
  YES("yes", "do not ask"),
  HELP("help", "print this");

  private final String label;
  private final String help;

  DrillOption(String label, String help) {
    this.label = label;
    this.help = help;
  }

  String label() {
    return label;
  }

  private String help() {
    boolean isSwitch = this == YES || this == HELP;
    return "  -D%-10s %s".formatted(isSwitch ? label : label + "=", help);
  }

  static Optional<DrillOption> labelled(String label) {
    return Arrays.stream(values()).filter(option -> option.label.equals(label)).findFirst();
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(DrillOption::label).toList();
  }

  static String allHelp() {
    return Arrays.stream(values()).map(DrillOption::help).collect(Collectors.joining("\n"));
  }
}
