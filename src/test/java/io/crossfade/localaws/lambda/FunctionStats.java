package io.crossfade.localaws.lambda;

/** What a function did so far; latencies in milliseconds of real time, cold starts included. */
public record FunctionStats(
    long invocations, long coldStarts, double p50Millis, double p99Millis, double maxMillis) {}
