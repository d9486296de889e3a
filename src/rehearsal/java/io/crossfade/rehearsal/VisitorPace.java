package io.crossfade.rehearsal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How fast a visitor is: what it thinks between two requests and how long it waits for an answer,
 * all in real time.
 */
public record VisitorPace(Duration shortestThought, Duration longestThought, Duration patience) {
  /** A request a second on average: 150 visitors are 150 requests a second. */
  public static final VisitorPace ORDINARY =
      new VisitorPace(Duration.ofMillis(600), Duration.ofMillis(1400), Duration.ofSeconds(10));

  public VisitorPace {
    requireNonNull(patience, "patience");
    if (shortestThought.toMillis() < 1 || longestThought.compareTo(shortestThought) < 0) {
      throw new IllegalArgumentException(
          "a thought takes 1 ms or more, found %s to %s"
              .formatted(shortestThought, longestThought));
    }
  }

  long thoughtMillis() {
    return ThreadLocalRandom.current()
        .nextLong(shortestThought.toMillis(), longestThought.toMillis() + 1);
  }

  /** Spreads the first requests over one thought, so that the visitors do not come in step. */
  long arrivalMillis() {
    return ThreadLocalRandom.current().nextLong(1, longestThought.toMillis() + 1);
  }
}
