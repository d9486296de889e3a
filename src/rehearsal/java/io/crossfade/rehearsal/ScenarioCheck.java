package io.crossfade.rehearsal;

import io.crossfade.release.Release;
import io.crossfade.release.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a release gives a scenario the chance to happen. */
final class ScenarioCheck {
  private static final Set<Scenario> AT_HALF =
      EnumSet.of(
          Scenario.DRIFT,
          Scenario.BLIP,
          Scenario.FLAP,
          Scenario.ABORT,
          Scenario.LOCK,
          Scenario.PAUSE,
          Scenario.PROMOTE,
          Scenario.ROLLBACK);

  /** What the site needs to bring a target back, with plenty to spare. */
  private static final int RECOVERY_SECONDS = 120;

  private ScenarioCheck() {}

  /** Requests that a step must see before it is over, so that its failures can tell. */
  static final int REQUESTS_TO_COMPARE = 300;

  /** Whether the scenario's trouble begins when the new version has half of the traffic. */
  static boolean waitsForHalf(Scenario scenario) {
    return AT_HALF.contains(scenario);
  }

  /** Half of the traffic, or the next more that still leaves some to the old version. */
  static boolean isHalf(int weight) {
    return weight >= 50 && weight < 100;
  }

  /** The state that the release must end in. */
  static String expected(Release release, Options options) {
    if (release.dryRun()) {
      return "Planned";
    }
    return release.approval().skip() ? options.scenario().expected() : options.expected();
  }

  /** Why it cannot happen, in sentences; nothing if it can. */
  static List<String> problems(Release release, Options options) {
    List<String> problems = new ArrayList<>();
    String scenario = "-Dscenario=" + options.scenario().label();
    if (release.dryRun() && options.scenario() != Scenario.HAPPY) {
      problems.add(
          "dryRun: found true, expected false: %s cannot happen to a plan".formatted(scenario));
    }
    if (release.approval().skip() && options.answering().turnsBack()) {
      problems.add(
          "approval: found \"skip\", expected a question that %s can answer"
              .formatted("-Dapproval=" + options.answering().label()));
    }
    if (waitsForHalf(options.scenario())
        && release.steps().stream().map(Step::weight).noneMatch(ScenarioCheck::isHalf)) {
      problems.add(
          "steps: found the weights %s, expected one from 50 to 99: there %s happens"
              .formatted(weights(release), scenario));
    }
    if (options.scenario() == Scenario.REVERT && options.answering().turnsBack()) {
      problems.add(
          "-Dapproval: found %s, expected an answer after which there is something to take back"
              .formatted(options.answering().label()));
    }
    if (options.scenario() == Scenario.FLAP
        && release.health().recoverySeconds() < RECOVERY_SECONDS) {
      problems.add(
          "health.recoverySeconds: found %d, expected %d or more: %s needs them"
              .formatted(release.health().recoverySeconds(), RECOVERY_SECONDS, scenario));
    }
    if (options.scenario() == Scenario.CHECK_FAILS
        && release.checks().stream().noneMatch(check -> check.after() == null)) {
      problems.add(
          "checks: found none that runs before users, expected one: %s needs it"
              .formatted(scenario));
    }
    if (options.scenario() == Scenario.WORSE && release.minRequests() < REQUESTS_TO_COMPARE) {
      problems.add(
          "minRequests: found %d, expected %d or more: %s needs them"
              .formatted(release.minRequests(), REQUESTS_TO_COMPARE, scenario));
    }
    return problems;
  }

  private static String weights(Release release) {
    return release.steps().stream()
        .map(step -> String.valueOf(step.weight()))
        .collect(Collectors.joining(", "));
  }
}
