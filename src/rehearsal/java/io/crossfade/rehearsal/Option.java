package io.crossfade.rehearsal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** An option of the command line, {@code -Dlabel=value}. */
enum Option {
  SCENARIO("scenario", "what goes wrong: " + Scenario.labels() + " (happy)"),
  USERS("users", "concurrent visitors, 1 to 1000 (150)"),
  SPEED("speed", "how many times as fast as life everything waits, 0.5 to 200 (10)"),
  APPROVAL(
      "approval",
      "who answers in Slack: " + ApprovalMode.labels() + " (ask in a terminal, else approve)"),
  IMAGE_DETAIL("imageDetail", "your own imageDetail.json (the sample's)"),
  STAY("stay", "keep the local AWS after the end, until Enter or Ctrl-C"),
  HELP("help", "print this");

  private final String label;
  private final String help;

  Option(String label, String help) {
    this.label = label;
    this.help = help;
  }

  String label() {
    return label;
  }

  /** Whether it is a switch: its name alone means true. */
  boolean isSwitch() {
    return this == STAY || this == HELP;
  }

  String help() {
    return "  -D%-13s %s".formatted(isSwitch() ? label : label + "=", help);
  }

  static Optional<Option> labelled(String label) {
    return Arrays.stream(values()).filter(option -> option.label.equals(label)).findFirst();
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(Option::label).toList();
  }

  static String allHelp() {
    return Arrays.stream(values()).map(Option::help).collect(Collectors.joining("\n"));
  }
}
