package io.crossfade.lock;

import static java.util.Objects.requireNonNull;

import io.crossfade.release.Deployment;
import java.time.Instant;

/**
 * Who may change a rule and the services behind it. It stays when it is released, for what it says
 * about the build that is live.
 *
 * @param rule the rule's ARN
 * @param deployment the holder's id
 * @param execution the ARN of the execution that works for the holder
 * @param live null until a deployment of this rule has released
 */
public record Lock(
    String rule,
    String deployment,
    String execution,
    Instant takenAt,
    boolean released,
    ReleasedBuild live) {
  /** {@code TimeoutSeconds} of the state machine. */
  public static final int LONGEST_EXECUTION_SECONDS = 565_200;

  public Lock {
    requireNonNull(rule);
    requireNonNull(deployment);
    requireNonNull(execution);
    requireNonNull(takenAt);
  }

  /** Taken, with nothing known of the build that is live. */
  public static Lock taken(String rule, String deployment, String execution, Instant now) {
    return new Lock(rule, deployment, execution, now, false, null);
  }

  public Lock withLive(ReleasedBuild build) {
    return new Lock(rule, deployment, execution, takenAt, released, build);
  }

  public Lock givenBack() {
    return new Lock(rule, deployment, execution, takenAt, true, live);
  }

  /** Whether no execution that took it can be running any more. */
  public boolean outlived(Instant now) {
    return now.isAfter(takenAt.plusSeconds(LONGEST_EXECUTION_SECONDS));
  }

  public boolean heldBy(String id, String executionArn) {
    return !released && deployment.equals(id) && execution.equals(executionArn);
  }

  public boolean heldBy(Deployment other, String executionArn) {
    return heldBy(other.id(), executionArn);
  }

  public String holder() {
    return "%s (%s) since %s".formatted(deployment, execution, takenAt);
  }
}
