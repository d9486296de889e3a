package io.crossfade.release;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A release that a person holds at its weights.
 *
 * @param by the ARN of who holds it
 * @param why in that person's words
 * @param until when it is rolled back, if nobody has continued it
 */
public record Pause(String by, String why, Instant since, Instant until) {
  public Pause {
    requireNonNull(by);
    requireNonNull(why);
    requireNonNull(since);
    requireNonNull(until);
  }

  public String sentence() {
    return "paused by %s: %s".formatted(by, why);
  }
}
