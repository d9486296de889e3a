package io.crossfade.rehearsal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * How the release ended.
 *
 * @param outcome the last state, e.g. {@code Released}
 * @param reason why, in a sentence
 * @param weights every weight that the new colour had, in order
 * @param took real time from the start of the release to its end
 */
public record ReleaseResult(String outcome, String reason, List<Integer> weights, Duration took) {
  public ReleaseResult {
    requireNonNull(outcome, "outcome");
    requireNonNull(reason, "reason");
    requireNonNull(took, "took");
    weights = List.copyOf(weights);
  }
}
