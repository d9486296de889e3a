package io.crossfade.release;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What a state hands to its function; {@code {}} from the schedule that keeps it running.
 *
 * @param document the deployment document
 * @param execution the execution's ARN, from the context object
 * @param now when the state was entered, by Step Functions' clock: the one clock of a deployment
 * @param outcome which end is announced; only for {@code notify}
 * @param restoreFailed whether the restore has failed for good; only for {@code check-restore}
 * @param token answers the waiting task, and is a secret; only for {@code request-approval}
 * @param testTraffic whether the test rule is to be written; only for {@code shift-traffic}
 */
public record Invocation(
    Deployment document,
    String execution,
    Instant now,
    String outcome,
    String token,
    boolean restoreFailed,
    boolean testTraffic)
    implements StateInput {
  public Invocation {
    if (document != null || now != null) {
      requireNonNull(document);
      requireNonNull(now);
    }
  }

  @Override
  public String deploymentId() {
    return document == null ? "" : document.id();
  }

  @Override
  public Optional<Deployment> before() {
    return Optional.ofNullable(document);
  }

  /** Without the token: records end up in logs. */
  @Override
  public String toString() {
    return "Invocation[%s at %s]".formatted(execution, now);
  }
}
