package io.crossfade.rehearsal;

import static java.util.Objects.requireNonNull;

import io.crossfade.plan.SpellingSuggestion;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What was asked for on the command line, as {@code -Dscenario=… -Dusers=… -Dspeed=…
 * -DimageDetail=… -Dapproval=… -Dstay}. What is absent or blank has its default.
 *
 * <p>Like all that it uses, it is compiled alone before the build begins, so it needs no library
 * but Jackson.
 *
 * @param speed world seconds per real second
 * @param imageDetail a release of the user's own in place of the sample's
 * @param answering who answers in Slack
 * @param stay whether the local AWS outlives the release
 */
public record Options(
    Scenario scenario,
    int users,
    double speed,
    Optional<Path> imageDetail,
    ApprovalMode answering,
    boolean stay) {
  /** As many visitors as the rehearsal sends unless told otherwise. */
  public static final int ORDINARY_USERS = 150;

  /** At this speed a release in four steps of two minutes takes less than three. */
  public static final double ORDINARY_SPEED = 10;

  static final double MIN_SPEED = 0.5;

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
    return new Options(scenario, users, speed, imageDetail, how, stay);
  }

  /** The same at a speed that the machine keeps. */
  Options at(double kept) {
    return new Options(scenario, users, kept, imageDetail, answering, stay);
  }

  /**
   * @param interactive whether somebody can answer at the terminal
   * @param directory what a relative file name is relative to
   * @throws InvalidOptions with everything that is wrong, not only the first
   */
  public static Options from(Properties properties, boolean interactive, Path directory) {
    return new Reading(properties, interactive, directory).options();
  }

  /** Reads every option before it complains about any. */
  private static final class Reading {
    private final Properties properties;
    private final boolean interactive;
    private final Path directory;
    private final List<String> problems = new ArrayList<>();

    Reading(Properties properties, boolean interactive, Path directory) {
      this.properties = properties;
      this.interactive = interactive;
      this.directory = directory;
    }

    Options options() {
      checkScenario();
      Options options =
          new Options(
              scenario(),
              (int) number(Option.USERS, ORDINARY_USERS, 1, 1000, true),
              number(Option.SPEED, ORDINARY_SPEED, MIN_SPEED, 200, false),
              imageDetail(),
              answering(),
              stay());
      if (!problems.isEmpty()) {
        throw new InvalidOptions(problems);
      }
      return options;
    }

    private Optional<String> given(Option option) {
      return Optional.ofNullable(properties.getProperty(option.label()))
          .map(String::strip)
          .filter(value -> !value.isEmpty());
    }

    private Scenario scenario() {
      String label = given(Option.SCENARIO).orElse(Scenario.HAPPY.label());
      return Scenario.labelled(label).orElse(Scenario.HAPPY);
    }

    private void checkScenario() {
      Optional<String> label = given(Option.SCENARIO);
      if (label.isPresent() && Scenario.labelled(label.get()).isEmpty()) {
        problem(Option.SCENARIO, Scenario.all(), label.get());
      }
    }

    private ApprovalMode answering() {
      ApprovalMode ordinary =
          scenario().answering().orElse(interactive ? ApprovalMode.ASK : ApprovalMode.APPROVE);
      Optional<String> label = given(Option.APPROVAL);
      Optional<ApprovalMode> known = label.flatMap(ApprovalMode::labelled);
      if (label.isPresent() && known.isEmpty()) {
        problem(Option.APPROVAL, ApprovalMode.all(), label.get());
      }
      return known.orElse(ordinary);
    }

    private double number(
        Option option, double ordinary, double least, double most, boolean whole) {
      String text = given(option).orElse(plain(ordinary));
      double number = parse(text);
      if (!(number >= least && number <= most) || (whole && number != Math.rint(number))) {
        String kind = whole ? "a whole number" : "a number";
        problem(option, "%s from %s to %s".formatted(kind, plain(least), plain(most)), text);
        return ordinary;
      }
      return number;
    }

    private static double parse(String text) {
      return text.matches("-?\\d{1,9}(\\.\\d{1,9})?") ? Double.parseDouble(text) : Double.NaN;
    }

    private Optional<Path> imageDetail() {
      Optional<String> name = given(Option.IMAGE_DETAIL);
      Optional<Path> file = name.flatMap(this::readableFile);
      if (name.isPresent() && file.isEmpty()) {
        problem(Option.IMAGE_DETAIL, "a file that can be read", name.get());
      }
      return file;
    }

    private Optional<Path> readableFile(String name) {
      try {
        return Optional.of(directory.resolve(name))
            .filter(file -> Files.isRegularFile(file) && Files.isReadable(file));
      } catch (InvalidPathException noFile) {
        return Optional.empty();
      }
    }

    /** Maven turns a bare -Dstay into true. */
    private boolean stay() {
      Optional<String> value = given(Option.STAY);
      if (value.isPresent() && !value.get().matches("true|false")) {
        problem(Option.STAY, "true or false", value.get());
      }
      return value.filter("true"::equals).isPresent();
    }

    private void problem(Option option, Collection<String> expected, String found) {
      String meant =
          SpellingSuggestion.to(found, expected).map(" (did you mean %s?)"::formatted).orElse("");
      problem(option, "one of " + String.join(", ", expected), found, meant);
    }

    private void problem(Option option, String expected, String found) {
      problem(option, expected, found, "");
    }

    private void problem(Option option, String expected, String found, String meant) {
      problems.add(
          "-D%s: expected %s, found '%s'%s".formatted(option.label(), expected, found, meant));
    }
  }

  /** A number as a person writes it. */
  static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }
}
