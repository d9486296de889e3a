package io.crossfade.command;

import static java.util.Objects.requireNonNull;

import io.crossfade.release.Deployment;
import io.crossfade.release.ExecutionArn;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The release as a message with buttons shows it, which is what a click is meant for.
 *
 * @param deployment its id
 * @param weight the canary's share, in percent
 * @param taken the id of the last command that it had taken up; null before the first
 */
public record ShownRelease(String deployment, int weight, String taken) {
  private static final Pattern VALUE = Pattern.compile("(\\S+) (\\d{1,3})(?: (\\S{1,200}))?");
  private static final String TOLD_SINCE =
      "the release has taken up another command since its message showed this";

  public ShownRelease {
    requireNonNull(deployment);
  }

  static ShownRelease of(Deployment deployment) {
    return new ShownRelease(
        deployment.id(), deployment.progress().weights().canary(), deployment.commands().taken());
  }

  /** As a button's value has it. */
  String value() {
    String shown = deployment + " " + weight;
    return taken == null ? shown : shown + " " + taken;
  }

  /** Empty if the value is none of ours. */
  public static Optional<ShownRelease> read(String value) {
    Matcher parts = VALUE.matcher(value);
    return parts.matches() && ExecutionArn.isName(parts.group(1))
        ? Optional.of(
            new ShownRelease(parts.group(1), Integer.parseInt(parts.group(2)), parts.group(3)))
        : Optional.empty();
  }

  /**
   * Why what was clicked is no longer what the release is told: so no request counts twice. Only a
   * rollback is meant for the release whatever it was told.
   */
  public Optional<String> problem(Command command, Deployment now) {
    return command == Command.ROLLBACK || Objects.equals(taken, now.commands().taken())
        ? Optional.empty()
        : Optional.of(TOLD_SINCE);
  }
}
