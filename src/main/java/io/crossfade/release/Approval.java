package io.crossfade.release;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Who approved the new version.
 *
 * @param by Slack's id for the person
 * @param name the person's name where Slack gave it, else null
 */
public record Approval(String by, String name, Instant at) {
  public Approval {
    requireNonNull(by);
    requireNonNull(at);
  }

  public String sentence() {
    return name == null ? "approved by " + by : "approved by %s (%s)".formatted(name, by);
  }
}
