package io.crossfade.rehearsal;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was used so far.
 *
 * @param awsCalls how often each operation was called
 */
record Usage(List<FunctionLatency> functions, Map<String, Long> awsCalls) {
  static final Usage NONE = new Usage(List.of(), Map.of());

  /** What came after; quantiles of latencies stay those of the whole. */
  Usage since(Usage before) {
    Map<String, FunctionLatency> earlier =
        before.functions.stream()
            .collect(Collectors.toMap(FunctionLatency::function, Function.identity()));
    Map<String, Long> calls = new TreeMap<>(awsCalls);
    before.awsCalls.forEach((operation, count) -> calls.merge(operation, -count, Long::sum));
    calls.values().removeIf(count -> count == 0);
    return new Usage(
        functions.stream()
            .map(function -> function.since(earlier.get(function.function())))
            .toList(),
        calls);
  }
}
