package io.crossfade.bench;

import io.crossfade.bench.BenchOptions.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tables of each part, as they are printed and as they stand in docs/performance.md. */
final class PartTables {
  private PartTables() {}

  /**
   * How many times as much one variant's median is as another's.
   *
   * @param quantity such as {@code first answer, ms}
   */
  record Comparison(
      String part, String subject, String variant, String against, String quantity, double ratio) {}

  /** What is there of a part; empty if nothing was measured. */
  static Optional<String> of(Part part, BenchReport report) {
    var tables = report.of(part).values();
    if (tables.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder text =
        new StringBuilder(
            tables.stream().map(ResultTables::of).collect(Collectors.joining("\n\n")));
    if (part == Part.COLD_START) {
      List<Measurement> found = coldStarts(report);
      for (String quantity :
          List.of(ColdStarts.FIRST_ANSWER, ColdStarts.STARTED_ANSWER, ColdStarts.WARM)) {
        ResultTables.ratios(found, quantity, Variant.PEERS)
            .ifPresent(
                table ->
                    text.append("\n\nRatios of the medians, ")
                        .append(quantity.replaceAll(", .*", ""))
                        .append(":\n\n")
                        .append(table));
      }
    }
    return Optional.of(text.toString());
  }

  private static List<Measurement> coldStarts(BenchReport report) {
    return report.of(Part.COLD_START).getOrDefault(Part.COLD_START.label(), List.of());
  }

  /** Everything of ours against every peer, for each quantity that a cold start has. */
  static List<Comparison> comparisons(BenchReport report) {
    List<Measurement> found = coldStarts(report);
    List<Comparison> all = new ArrayList<>();
    for (Measurement ours : found) {
      for (Measurement peer : found) {
        boolean comparable =
            ours.subject().equals(peer.subject())
                && ours.quantity().equals(peer.quantity())
                && !Variant.PEERS.contains(ours.variant())
                && Variant.PEERS.contains(peer.variant())
                && peer.samples().median() != 0;
        if (comparable) {
          all.add(
              new Comparison(
                  ours.part(),
                  ours.subject(),
                  ours.variant(),
                  peer.variant(),
                  ours.quantity(),
                  ours.samples().ratioTo(peer.samples())));
        }
      }
    }
    return List.copyOf(all);
  }
}
