package io.crossfade.rehearsal;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What was asked for on the command line, as {@code -Dscenario=… -Dusers=… -Dspeed=…
 * -DimageDetail=… -Dapproval=…}. What is absent or blank has its default.
 *
 * @param speed world seconds per real second
 * @param imageDetail a release of the user's own in place of the sample's
 * @param answering who answers in Slack
 */
public record Options(
    Scenario scenario,
    int users,
    double speed,
    Optional<Path> imageDetail,
    ApprovalMode answering) {
  /** At this speed a release in four steps of two minutes takes less than three. */
  public static final double ORDINARY_SPEED = 10;

  public Options {
    requireNonNull(scenario, "scenario");
    requireNonNull(imageDetail, "imageDetail");
    requireNonNull(answering, "answering");
  }

  /** The state that the release must end in. */
  public String expected() {
    return answering.turnsBack() ? "RolledBack" : scenario.expected();
  }

  /** What was really answered, where that was left to a person. */
  Options answered(ApprovalMode how) {
    return new Options(scenario, users, speed, imageDetail, how);
  }

  /**
   * @param interactive whether somebody can answer at the terminal
   * @throws InvalidOptions with everything that is wrong, not only the first
   */
  public static Options from(Properties properties, boolean interactive) {
    return new Reading(properties, interactive).options();
  }

  /** Reads every option before it complains about any. */
  private static final class Reading {
    private final Properties properties;
    private final boolean interactive;
    private final List<String> problems = new ArrayList<>();

    Reading(Properties properties, boolean interactive) {
      this.properties = properties;
      this.interactive = interactive;
    }

    Options options() {
      checkScenario();
      Options options =
          new Options(
              scenario(),
              (int) number("users", Visitors.ORDINARY_NUMBER, 1, 1000, true),
              number("speed", ORDINARY_SPEED, 0.5, 200, false),
              imageDetail(),
              answering());
      if (!problems.isEmpty()) {
        throw new InvalidOptions(problems);
      }
      return options;
    }

    private Optional<String> given(String name) {
      return Optional.ofNullable(properties.getProperty(name))
          .map(String::strip)
          .filter(value -> !value.isEmpty());
    }

    private Scenario scenario() {
      String label = given("scenario").orElse(Scenario.HAPPY.label());
      return Scenario.labelled(label).orElse(Scenario.HAPPY);
    }

    private void checkScenario() {
      Optional<String> label = given("scenario");
      if (label.isPresent() && Scenario.labelled(label.get()).isEmpty()) {
        problem("scenario", "one of " + Scenario.labels(), label.get());
      }
    }

    private ApprovalMode answering() {
      ApprovalMode ordinary =
          scenario().answering().orElse(interactive ? ApprovalMode.ASK : ApprovalMode.APPROVE);
      Optional<String> label = given("approval");
      Optional<ApprovalMode> known = label.flatMap(ApprovalMode::labelled);
      if (label.isPresent() && known.isEmpty()) {
        problem("approval", "one of " + ApprovalMode.labels(), label.get());
      }
      return known.orElse(ordinary);
    }

    private double number(String name, double ordinary, double least, double most, boolean whole) {
      String text = given(name).orElse(plain(ordinary));
      double number = parse(text);
      if (!(number >= least && number <= most) || (whole && number != Math.rint(number))) {
        String kind = whole ? "a whole number" : "a number";
        problem(name, "%s from %s to %s".formatted(kind, plain(least), plain(most)), text);
        return ordinary;
      }
      return number;
    }

    private static double parse(String text) {
      return text.matches("-?\\d{1,9}(\\.\\d{1,9})?") ? Double.parseDouble(text) : Double.NaN;
    }

    private static String plain(double number) {
      return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    private Optional<Path> imageDetail() {
      Optional<String> name = given("imageDetail");
      if (name.isPresent() && !isReadableFile(name.get())) {
        problem("imageDetail", "a file that can be read", name.get());
        return Optional.empty();
      }
      return name.map(Path::of);
    }

    private static boolean isReadableFile(String name) {
      try {
        return Files.isRegularFile(Path.of(name)) && Files.isReadable(Path.of(name));
      } catch (InvalidPathException e) {
        return false;
      }
    }

    private void problem(String name, String expected, String found) {
      problems.add("-D%s: expected %s, found '%s'".formatted(name, expected, found));
    }
  }
}
