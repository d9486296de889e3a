package io.crossfade.drill;

import static java.util.Objects.requireNonNull;

import io.crossfade.rehearsal.OptionReader;
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
  static final String HELP =
      """
        -Dstack=     the releasing stack; needed
        -Dscenario=  what turns the release back: %s (alarm)
        -Dsite=      the stack whose output <Service>RuleArn is the rule (booking-site)
        -Dservice=   the services' name without -blue and -green (backend)
        -Drule=      the load balancer's rule, instead of a site's
        -Dalarm=     the alarm to set (the first on the new version's target group)
        -Dimage=     what is released (the image that runs)
        -Dbake=      seconds that a step bakes, 60 to 3600 (180)
        -Dtimeout=   seconds that the question waits for an answer, 60 to 3600 (900)
        -Dyes        do not ask
        -Dhelp       print this"""
          .formatted(DrillScenario.labels());

  static final List<String> NAMES = OptionReader.names(HELP);

  public DrillOptions {
    requireNonNull(stack, "stack");
    requireNonNull(scenario, "scenario");
    requireNonNull(site, "site");
    requireNonNull(service, "service");
  }

  static String help() {
    return """
        mvn -q -Pdrill -Dstack=crossfade [-Dname=value ...]

        Releases what runs once more in your own account, turns the release back, and checks that
        everything is as it was before. Options, with their defaults in brackets:

        %s
        docs/drill.md says what each scenario touches, and which permissions it needs."""
        .formatted(HELP.indent(2));
  }

  /**
   * @throws DrillRefused with everything that is wrong, not only the first
   */
  public static DrillOptions from(Properties properties) {
    OptionReader given = new OptionReader(properties);
    DrillOptions options =
        new DrillOptions(
            given.given("stack").orElse(""),
            given.choice(
                "scenario", DrillScenario.ALARM, DrillScenario.values(), DrillScenario::label),
            given.given("site").orElse("booking-site"),
            given.given("service").orElse("backend"),
            given.given("rule"),
            given.given("alarm"),
            given.given("image"),
            given.whole("bake", 180, 60, 3600),
            given.whole("timeout", 900, 60, 3600),
            given.isOn("yes"));
    List<String> problems = given.problems();
    // Maven and Java have properties of their own, so only what is nearly an option is told.
    properties.stringPropertyNames().stream()
        .filter(name -> !name.contains(".") && !NAMES.contains(name))
        .sorted()
        .forEach(name -> OptionReader.misspelt(name, NAMES).ifPresent(problems::add));
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
}
