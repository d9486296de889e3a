package io.crossfade.matrix;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All results: a table for people, a document for programs.
 *
 * @param results of cells
 * @param defects those that were planted, each with what came of it
 */
record MatrixReport(List<CellResult> results, Map<PlantedDefect, CellResult> defects) {
  MatrixReport {
    results = List.copyOf(results);
    defects = Map.copyOf(defects);
    if (results.isEmpty() && defects.isEmpty()) {
      throw new IllegalArgumentException("nothing was tried");
    }
  }

  boolean passed() {
    return results.stream().allMatch(CellResult::survived) && found() == defects.size();
  }

  private long found() {
    return defects.entrySet().stream()
        .filter(planted -> planted.getKey().isFoundBy(planted.getValue()))
        .count();
  }

  String defectsLine() {
    return "defects: planted=%d found=%d".formatted(defects.size(), found());
  }

  private long survived() {
    return results.stream().filter(CellResult::survived).count();
  }

  private long violated() {
    return results.stream().filter(r -> !r.violations().isEmpty()).count();
  }

  private long unreached() {
    return results.stream().filter(r -> r.violations().isEmpty() && !r.reached()).count();
  }

  String resultLine() {
    return "matrix: cells=%d survived=%d violated=%d unreached=%d"
        .formatted(results.size(), survived(), violated(), unreached());
  }

  /** A line for each state and a column for each kind: how many of how many cells survived. */
  String table(List<MatrixCell> cells) {
    Map<String, CellResult> byCell = new LinkedHashMap<>();
    results.forEach(result -> byCell.put(result.cell(), result));
    StringBuilder table = new StringBuilder("%n%-34s".formatted(""));
    for (FaultKind kind : MatrixCells.KINDS) {
      table.append("%14s".formatted(kind.name().toLowerCase().replace('_', ' ')));
    }
    table.append('\n');
    Set<String> rows = new LinkedHashSet<>();
    cells.forEach(cell -> rows.add(row(cell)));
    for (String row : rows) {
      table.append("%-34s".formatted(row));
      for (FaultKind kind : MatrixCells.KINDS) {
        List<CellResult> here =
            cells.stream()
                .filter(cell -> row(cell).equals(row) && cell.kind() == kind)
                .map(cell -> byCell.get(cell.id()))
                .toList();
        long well = here.stream().filter(CellResult::survived).count();
        table.append("%14s".formatted(here.isEmpty() ? "·" : well + "/" + here.size()));
      }
      table.append('\n');
    }
    return table.append('\n').toString();
  }

  private static String row(MatrixCell cell) {
    return "%s %s".formatted(cell.path().name().toLowerCase(), cell.state());
  }

  void write(Path file) throws IOException {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("cells", results.size());
    document.put("survived", survived());
    document.put("violated", violated());
    document.put("unreached", unreached());
    document.put("planted", defects.size());
    document.put("found", found());
    document.put("results", results);
    document.put("defects", defects.values().stream().sorted(comparing(CellResult::cell)).toList());
    Files.writeString(
        file, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(document));
  }
}
