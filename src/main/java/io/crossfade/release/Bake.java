package io.crossfade.release;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * A time in which the weights of one step surely were in the rule: from when they had been written
 * until the last look before they were changed.
 */
public record Bake(Instant from, Instant to) {
  public Bake {
    requireNonNull(from);
    requireNonNull(to);
  }

  /** Whether every node of the load balancer divided the whole of that minute by its weights. */
  public boolean hasMinute(Instant start) {
    return !start.isBefore(from.plusSeconds(Timings.SETTLE_SECONDS))
        && !start.plus(Duration.ofMinutes(1)).isAfter(to);
  }
}
