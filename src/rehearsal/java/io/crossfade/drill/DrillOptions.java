package io.crossfade.drill;

import static java.util.Objects.requireNonNull;

import io.crossfade.plan.SpellingSuggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What was asked for on the command line. What is absent or blank has its default.
 *
 * @param stack the releasing stack's name
 * @param site the name of the stack that has the rule
 * @param rule the rule's ARN, if no stack is to be asked
 * @param alarm a metric alarm's name
 * @param bakeSeconds of each step
 * @param timeoutSeconds how long the question waits for an answer
 * @param yes whether nobody is to be asked
 */
public record DrillOptions(
    String stack,
    DrillScenario scenario,
    String site,
    String service,
    Optional<String> rule,
    Optional<String> alarm,
    Optional<String> image,
    int bakeSeconds,
    int timeoutSeconds,
    boolean yes) {
  private static final String TRUE = "true";

  public DrillOptions {
    requireNonNull(stack, "stack");
    requireNonNull(scenario, "scenario");
    requireNonNull(site, "site");
    requireNonNull(service, "service");
  }

  static boolean asksForHelp(Properties properties) {
    return properties.containsKey(DrillOption.HELP.label());
  }

  static String help() {
    return """
        mvn -q -Pdrill -Dstack=crossfade [-Dname=value ...]

        Releases what runs once more in your own account, turns the release back, and checks that
        everything is as it was before. Options, with their defaults in brackets:

        %s

        docs/drill.md says what each scenario touches, and which permissions it needs."""
        .formatted(DrillOption.allHelp());
  }

  /**
   * @throws DrillRefused with everything that is wrong, not only the first
   */
  public static DrillOptions from(Properties properties) {
    return new Reading(properties).options();
  }

  /** Reads every option before it complains about any. */
  private static final class Reading {
    private final Properties properties;
    private final List<String> problems = new ArrayList<>();

    Reading(Properties properties) {
      this.properties = properties;
    }

    DrillOptions options() {
      DrillOptions options =
          new DrillOptions(
              given(DrillOption.STACK).orElse(""),
              scenario(),
              given(DrillOption.SITE).orElse("booking-site"),
              given(DrillOption.SERVICE).orElse("backend"),
              given(DrillOption.RULE),
              given(DrillOption.ALARM),
              given(DrillOption.IMAGE),
              seconds(DrillOption.BAKE, 180),
              seconds(DrillOption.TIMEOUT, 900),
              yes());
      properties.stringPropertyNames().stream().sorted().forEach(this::checkSpelling);
      if (options.stack.isEmpty()) {
        problems.add("-Dstack: expected the releasing stack's name, found nothing");
      }
      if (options.scenario != DrillScenario.ALARM && options.alarm.isPresent()) {
        problems.add("-Dalarm: only -Dscenario=alarm sets one");
      }
      if (!problems.isEmpty()) {
        throw new DrillRefused(problems);
      }
      return options;
    }

    /** Maven and Java have properties of their own, so only what is nearly an option is told. */
    private void checkSpelling(String name) {
      if (!name.contains(".") && DrillOption.labelled(name).isEmpty()) {
        SpellingSuggestion.to(name, DrillOption.labels())
            .ifPresent(
                meant ->
                    problems.add(
                        "-D%s: no such option (did you mean -D%s?)".formatted(name, meant)));
      }
    }

    private Optional<String> given(DrillOption option) {
      return Optional.ofNullable(properties.getProperty(option.label()))
          .map(String::strip)
          .filter(value -> !value.isEmpty());
    }

    private DrillScenario scenario() {
      String label = given(DrillOption.SCENARIO).orElse(DrillScenario.ALARM.label());
      return DrillScenario.labelled(label)
          .orElseGet(
              () -> {
                List<String> all = List.of(DrillScenario.labels().split(", "));
                String meant =
                    SpellingSuggestion.to(label, all)
                        .map(" (did you mean %s?)"::formatted)
                        .orElse("");
                wrong(
                    DrillOption.SCENARIO,
                    "one of %s".formatted(DrillScenario.labels()),
                    "'%s'%s".formatted(label, meant));
                return DrillScenario.ALARM;
              });
    }

    private int seconds(DrillOption option, int ordinary) {
      String text = given(option).orElse(String.valueOf(ordinary));
      int seconds = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
      if (seconds < 60 || seconds > 3600) {
        wrong(option, "a whole number from 60 to 3600", "'%s'".formatted(text));
        return ordinary;
      }
      return seconds;
    }

    /** Maven turns a bare -Dyes into true. */
    private boolean yes() {
      Optional<String> value = given(DrillOption.YES);
      if (value.isPresent() && !value.get().matches("true|false")) {
        wrong(DrillOption.YES, "true or false", "'%s'".formatted(value.get()));
      }
      return value.filter(TRUE::equals).isPresent();
    }

    private void wrong(DrillOption option, String expected, String found) {
      problems.add("-D%s: expected %s, found %s".formatted(option.label(), expected, found));
    }
  }
}
