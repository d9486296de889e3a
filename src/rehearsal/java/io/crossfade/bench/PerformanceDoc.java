package io.crossfade.bench;

import io.crossfade.bench.BenchOptions.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Puts the tables of a run into docs/performance.md, between the two comments that each part has
 * there. What was not measured stays as it is.
 */
final class PerformanceDoc {
  private PerformanceDoc() {}

  static void write(BenchReport report, Path document) throws IOException {
    Files.writeString(document, renewed(Files.readString(document), report));
  }

  static String renewed(String document, BenchReport report) {
    String text = replaced(document, "machine", machine(report));
    for (Part part : Part.values()) {
      Optional<String> tables = PartTables.of(part, report);
      text = tables.isPresent() ? replaced(text, part.label(), tables.get()) : text;
    }
    return text;
  }

  private static String machine(BenchReport report) {
    Machine machine = report.machine();
    return "%s, %d cores, %,d MiB, %s; load %s when it began, %s. %s."
        .formatted(
            machine.processor(),
            machine.cores(),
            machine.memoryMib(),
            machine.system(),
            ResultTables.number(machine.load()),
            report.at(),
            report.versions().entrySet().stream()
                .map(version -> version.getKey() + " " + version.getValue())
                .collect(Collectors.joining(", ")));
  }

  /**
   * @throws IllegalArgumentException if the document has no place for it
   */
  private static String replaced(String text, String name, String content) {
    String begin = "<!-- bench:%s -->".formatted(name);
    String end = "<!-- /bench:%s -->".formatted(name);
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("no place for " + name);
    }
    return text.substring(0, from + begin.length()) + "\n" + content + "\n" + text.substring(to);
  }
}
