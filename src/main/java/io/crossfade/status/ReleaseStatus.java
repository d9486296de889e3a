package io.crossfade.status;

import static java.util.Objects.requireNonNull;

import io.crossfade.notify.Outcome;
import io.crossfade.release.Deployment;
import java.time.Instant;

/**
 * A deployment at one moment.
 *
 * @param outcome how it ended; null while it runs
 * @param at when the state was entered that left it so
 */
public record ReleaseStatus(Deployment deployment, Outcome outcome, Instant at) {
  public ReleaseStatus {
    requireNonNull(deployment);
    requireNonNull(at);
  }
}
