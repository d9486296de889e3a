package io.crossfade.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes tables of measurements: a row for each thing and variant, a column for each quantity. */
final class ResultTables {
  private static final String NOTHING = "–";

  private ResultTables() {}

  /** A row of a table. */
  private record Row(String subject, String variant) {}

  /** Median and 99th percentile of every quantity; a single sample stands alone. */
  static String of(List<Measurement> measurements) {
    Set<String> quantities = new LinkedHashSet<>();
    Map<Row, Map<String, Samples>> rows = new LinkedHashMap<>();
    for (Measurement each : measurements) {
      quantities.add(each.quantity());
      rows.computeIfAbsent(new Row(each.subject(), each.variant()), row -> new LinkedHashMap<>())
          .put(each.quantity(), each.samples());
    }
    List<String> head = new ArrayList<>(List.of("", "variant"));
    head.addAll(quantities);
    List<List<String>> cells = new ArrayList<>();
    rows.forEach(
        (row, found) -> {
          List<String> line = new ArrayList<>(List.of(row.subject(), row.variant()));
          quantities.forEach(quantity -> line.add(cell(found.get(quantity))));
          cells.add(line);
        });
    return new MarkdownTable(2, head, cells).render();
  }

  /**
   * How many times as long each variant takes as each of those that it is compared with, by the
   * medians; empty if nothing can be compared.
   */
  static Optional<String> ratios(
      List<Measurement> measurements, String quantity, List<String> comparedWith) {
    Map<String, Map<String, Samples>> bySubject = new LinkedHashMap<>();
    for (Measurement each : measurements) {
      if (each.quantity().equals(quantity)) {
        bySubject
            .computeIfAbsent(each.subject(), subject -> new LinkedHashMap<>())
            .put(each.variant(), each.samples());
      }
    }
    List<List<String>> cells = new ArrayList<>();
    bySubject.forEach(
        (subject, variants) ->
            variants.forEach(
                (variant, samples) -> {
                  if (!comparedWith.contains(variant)) {
                    List<String> line = new ArrayList<>(List.of(subject, variant));
                    comparedWith.forEach(other -> line.add(ratio(samples, variants.get(other))));
                    cells.add(line);
                  }
                }));
    boolean none = cells.stream().allMatch(row -> row.stream().skip(2).allMatch(NOTHING::equals));
    if (none) {
      return Optional.empty();
    }
    List<String> head = new ArrayList<>(List.of("", "variant"));
    comparedWith.forEach(other -> head.add("× " + other));
    return Optional.of(new MarkdownTable(2, head, cells).render());
  }

  private static String ratio(Samples samples, Samples other) {
    return other == null || other.median() == 0
        ? NOTHING
        : String.format(Locale.ROOT, "%.2f", samples.ratioTo(other));
  }

  private static String cell(Samples samples) {
    if (samples == null) {
      return NOTHING;
    }
    return samples.values().size() == 1
        ? number(samples.median())
        : number(samples.median()) + " / " + number(samples.p99());
  }

  /** Three digits are more than a machine's noise allows, and whole numbers stay whole. */
  static String number(double value) {
    if (value == Math.rint(value) || Math.abs(value) >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
  }
}
