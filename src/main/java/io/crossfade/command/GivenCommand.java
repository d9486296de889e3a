package io.crossfade.command;

import static java.util.Objects.requireNonNull;

import io.crossfade.release.Deployment;
import java.time.Instant;

/**
 * A command that waits for the release's next look, or that was taken up by it.
 *
 * @param id unlike any other command's
 * @param weight the canary's share, in percent, whose bake a promotion ends; null for any other
 * @param by the ARN by which IAM knows who gave it; in Slack the user's id, and the name
 * @param why in that person's words; of a button, that it was one
 */
public record GivenCommand(
    String id, Command command, Integer weight, String by, String why, Instant at) {
  /** The command's clock is API Gateway's, the deployment's that of Step Functions. */
  private static final int CLOCK_SKEW_SECONDS = 300;

  public GivenCommand {
    requireNonNull(id);
    requireNonNull(command);
    requireNonNull(by);
    requireNonNull(why);
    requireNonNull(at);
  }

  /**
   * Whether this deployment has not taken it up yet. An execution of 90 days ago may have had the
   * same name; what it was told means nothing to this one.
   */
  boolean awaits(Deployment deployment) {
    Instant earliest = deployment.snapshot().takenAt().minusSeconds(CLOCK_SKEW_SECONDS);
    return !id.equals(deployment.commands().taken()) && !at.isBefore(earliest);
  }

  /** "rollback by arn:aws:iam::123456789012:user/ann: the checkout is slow". */
  public String sentence() {
    return "%s by %s: %s".formatted(command.label(), by, why);
  }
}
