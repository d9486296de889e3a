package io.crossfade.report;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What came of a report.
 *
 * @param place where a person finds it; empty if it could not be written
 * @param canary the requests of the new version, as far as CloudWatch shows them when the release
 *     ends; empty if they could not be read, or nothing was planned
 */
public record WrittenReport(Optional<String> place, Optional<Samples.Count> canary) {
  public WrittenReport {
    requireNonNull(place);
    requireNonNull(canary);
  }
}
