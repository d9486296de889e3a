package io.crossfade.bench;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the benchmark is to do.
 *
 * @param runs how often each cold start is measured
 * @param parts which parts are run
 * @param writesDocs whether the tables of docs/performance.md are renewed
 */
record BenchOptions(int runs, Set<Part> parts, boolean writesDocs) {
  static final int RUNS = 20;
  private static final int MOST_RUNS = 1000;

  /** The parts of the benchmark, in the order in which they are run. */
  enum Part {
    /** COLD_START means each function's process from its start to its first answer. */
    COLD_START,
    /** RELEASE means what a whole release takes: time, calls, transitions, cost. */
    RELEASE,
    /** REACTION means from what goes wrong to the rule as it was. */
    REACTION,
    /** SCALE means several releases at once. */
    SCALE,
    /** VISITORS means a release under many requests. */
    VISITORS,
    /** ACCOUNT means how many releases an account's quotas carry, computed and not measured. */
    ACCOUNT;

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Part of(String label) {
      return Arrays.stream(values())
          .filter(part -> part.label().equals(label))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "bench.parts: expected some of %s, found \"%s\"".formatted(labels(), label)));
    }

    private static String labels() {
      return Arrays.stream(values()).map(Part::label).collect(Collectors.joining(", "));
    }
  }

  BenchOptions {
    if (runs < 1 || runs > MOST_RUNS) {
      throw new IllegalArgumentException(
          "bench.runs: expected 1 to %d, found %d".formatted(MOST_RUNS, runs));
    }
    parts = EnumSet.copyOf(parts);
  }

  /**
   * Of {@code bench.runs}, {@code bench.parts} and {@code bench.docs}. What is empty is as by
   * default, because Maven hands on every property.
   *
   * @throws IllegalArgumentException in a sentence for people
   */
  static BenchOptions from(Properties properties) {
    String docs = properties.getProperty("bench.docs", "");
    if (!List.of("", "write").contains(docs)) {
      throw new IllegalArgumentException(
          "bench.docs: expected write or nothing, found \"%s\"".formatted(docs));
    }
    return new BenchOptions(
        runs(properties.getProperty("bench.runs", "")),
        parts(properties.getProperty("bench.parts", "")),
        docs.equals("write"));
  }

  private static int runs(String text) {
    if (text.isEmpty()) {
      return RUNS;
    }
    if (!text.matches("\\d{1,4}")) {
      throw new IllegalArgumentException(
          "bench.runs: expected 1 to %d, found \"%s\"".formatted(MOST_RUNS, text));
    }
    return Integer.parseInt(text);
  }

  private static Set<Part> parts(String text) {
    if (text.isEmpty()) {
      return EnumSet.allOf(Part.class);
    }
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .map(Part::of)
        .collect(Collectors.toSet());
  }
}
