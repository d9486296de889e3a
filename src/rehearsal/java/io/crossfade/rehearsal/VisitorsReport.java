package io.crossfade.rehearsal;

import io.crossfade.site.OrderBook;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What all visitors saw.
 *
 * @param acknowledged orders that a visitor was given a number for
 * @param lost those of them that the order book does not hold under the visitor's own key
 * @param duplicates numbers that were given a second time
 * @param failures the first failures with their details; {@code failed} counts all
 */
public record VisitorsReport(
    long requests,
    long failed,
    Map<String, VersionCount> versions,
    long acknowledged,
    long lost,
    long duplicates,
    List<FailedRequest> failures,
    List<RequestInterval> series) {

  public VisitorsReport {
    versions = Collections.unmodifiableMap(new TreeMap<>(versions));
    failures = List.copyOf(failures);
    series = List.copyOf(series);
  }

  static VisitorsReport of(RequestTally tally, OrderBook orders) {
    Map<String, VersionCount> versions = tally.versions();
    List<AcknowledgedOrder> acknowledged = tally.acknowledged();
    return new VisitorsReport(
        versions.values().stream().mapToLong(VersionCount::requests).sum(),
        versions.values().stream().mapToLong(VersionCount::failed).sum(),
        versions,
        acknowledged.size(),
        acknowledged.stream()
            .filter(order -> !orders.holds(order.number(), order.idempotencyKey()))
            .count(),
        acknowledged.size()
            - acknowledged.stream().map(AcknowledgedOrder::number).distinct().count(),
        tally.failures(),
        tally.series());
  }

  public VersionCount of(String version) {
    return versions.getOrDefault(version, VersionCount.NONE);
  }
}
