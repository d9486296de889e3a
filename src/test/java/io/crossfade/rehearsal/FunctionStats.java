package io.crossfade.rehearsal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * How often a function ran and how long it took, in real milliseconds; 0 where it never ran.
 *
 * @param p50 the duration that half of the invocations did not exceed
 */
public record FunctionStats(
    String function, long invocations, long coldStarts, double p50, double p99, double max) {

  public FunctionStats {
    requireNonNull(function, "function");
  }

  public static FunctionStats of(
      String function, long coldStarts, Collection<Duration> invocations) {
    List<Double> sorted =
        invocations.stream().map(taken -> taken.toNanos() / 1e6).sorted().toList();
    return new FunctionStats(
        function,
        sorted.size(),
        coldStarts,
        percentile(sorted, 50),
        percentile(sorted, 99),
        percentile(sorted, 100));
  }

  private static double percentile(List<Double> sorted, int percent) {
    if (sorted.isEmpty()) {
      return 0;
    }
    int rank = (int) Math.ceil(sorted.size() * percent / 100.0);
    return Math.round(sorted.get(rank - 1) * 10) / 10.0;
  }
}
