package io.crossfade.release;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What a state hands to its function.
 *
 * @param document the deployment document
 * @param execution the execution's ARN, from the context object
 * @param now when the state was entered, by Step Functions' clock: the one clock of a deployment
 * @param outcome which end is announced; only for {@code notify}
 */
public record Invocation(Deployment document, String execution, Instant now, String outcome) {
  public Invocation {
    requireNonNull(document);
    requireNonNull(now);
  }
}
