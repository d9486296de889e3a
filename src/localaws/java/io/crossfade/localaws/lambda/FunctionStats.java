package io.crossfade.localaws.lambda;

/**
 * How a function did so far. The latencies are what its callers saw, cold starts included.
 *
 * @param invocations those that have ended, well or not
 */
public record FunctionStats(
    long invocations,
    long coldStarts,
    double p50Millis,
    double p99Millis,
    double maxMillis,
    double totalMillis) {}
