package io.crossfade.rehearsal;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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
  static final String IMAGE_DETAIL = "imageDetail";

  static final String HELP =
      """
        -Dscenario=     what goes wrong: %s (happy)
        -Dusers=        concurrent visitors, 1 to 1000 (150)
        -Dspeed=        how many times as fast as life everything waits, 0.5 to 200 (10)
        -Dapproval=     who answers in Slack: %s (ask in a terminal, else approve)
        -DimageDetail=  your own imageDetail.json (the sample's)
        -Dstay          keep the local AWS after the end, until Enter or Ctrl-C
        -Dhelp          print this"""
          .formatted(
              OptionReader.labels(Scenario.values(), Scenario::label),
              OptionReader.labels(ApprovalMode.values(), ApprovalMode::label));

  static final List<String> NAMES = OptionReader.names(HELP);

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
    OptionReader given = new OptionReader(properties);
    Scenario scenario =
        given.choice("scenario", Scenario.HAPPY, Scenario.values(), Scenario::label);
    ApprovalMode ordinary =
        scenario.answering().orElse(interactive ? ApprovalMode.ASK : ApprovalMode.APPROVE);
    Options options =
        new Options(
            scenario,
            given.whole("users", ORDINARY_USERS, 1, 1000),
            given.number("speed", ORDINARY_SPEED, MIN_SPEED, 200),
            imageDetail(given, directory),
            given.choice("approval", ordinary, ApprovalMode.values(), ApprovalMode::label),
            given.isOn("stay"));
    if (!given.problems().isEmpty()) {
      throw new InvalidOptions(given.problems());
    }
    return options;
  }

  private static Optional<Path> imageDetail(OptionReader given, Path directory) {
    Optional<String> name = given.given(IMAGE_DETAIL);
    Optional<Path> file = name.flatMap(each -> readableFile(directory, each));
    if (name.isPresent() && file.isEmpty()) {
      given.wrong(IMAGE_DETAIL, "a file that can be read", name.get());
    }
    return file;
  }

  private static Optional<Path> readableFile(Path directory, String name) {
    try {
      return Optional.of(directory.resolve(name))
          .filter(file -> Files.isRegularFile(file) && Files.isReadable(file));
    } catch (InvalidPathException noFile) {
      return Optional.empty();
    }
  }
}
