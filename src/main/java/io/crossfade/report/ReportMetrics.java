package io.crossfade.report;

import io.crossfade.release.Deployment;
import java.time.Instant;
import java.util.List;

/** What was counted while a release was under way. */
interface ReportMetrics {
  /**
   * Requests, failures and healthy targets of both versions, by the names of their services.
   *
   * @param deployment a planned one
   */
  Measured between(Deployment deployment, Instant from, Instant to);

  /**
   * @param intervalSeconds of the requests
   */
  record Measured(
      int intervalSeconds, List<Samples.Requests> requests, List<Samples.Health> health) {
    static final Measured NOTHING = new Measured(60, List.of(), List.of());

    /** All requests of a version. */
    Samples.Count of(String version) {
      return requests.stream()
          .map(interval -> interval.versions().getOrDefault(version, Samples.Count.NONE))
          .reduce(Samples.Count.NONE, Samples.Count::plus);
    }
  }
}
