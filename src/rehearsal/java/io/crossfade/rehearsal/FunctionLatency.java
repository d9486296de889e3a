package io.crossfade.rehearsal;

import static java.util.Objects.requireNonNull;

/**
 * How often a function ran and how long it took, in real milliseconds; 0 where it never ran.
 *
 * @param p50 the duration that half of the invocations did not exceed
 * @param totalMillis of all invocations together
 */
public record FunctionLatency(
    String function,
    long invocations,
    long coldStarts,
    double p50,
    double p99,
    double max,
    double totalMillis) {

  public FunctionLatency {
    requireNonNull(function, "function");
  }

  /**
   * @param before null if there is none
   */
  FunctionLatency since(FunctionLatency before) {
    return before == null
        ? this
        : new FunctionLatency(
            function,
            invocations - before.invocations,
            coldStarts - before.coldStarts,
            p50,
            p99,
            max,
            totalMillis - before.totalMillis);
  }
}
