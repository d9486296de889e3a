package io.crossfade.bench;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of texts.
 *
 * @param names how many of the first columns are names, which stand left; figures stand right
 */
record MarkdownTable(int names, List<String> head, List<List<String>> rows) {
  MarkdownTable {
    head = List.copyOf(head);
    rows = List.copyOf(rows);
    int columns = head.size();
    if (rows.stream().anyMatch(row -> row.size() != columns)) {
      throw new IllegalArgumentException("every row needs %d cells".formatted(columns));
    }
  }

  /** With cells of equal width, so that it can be read in a terminal as well. */
  String render() {
    StringBuilder text = new StringBuilder(line(head));
    text.append('\n').append(rule());
    rows.forEach(row -> text.append('\n').append(line(row)));
    return text.toString();
  }

  private String line(List<String> cells) {
    return IntStream.range(0, head.size())
        .mapToObj(column -> padded(cells.get(column), column))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private String rule() {
    return IntStream.range(0, head.size())
        .mapToObj(column -> "-".repeat(width(column) + 1) + (column < names ? "-" : ":"))
        .collect(Collectors.joining("|", "|", "|"));
  }

  private String padded(String cell, int column) {
    String space = String.join("", Collections.nCopies(width(column) - cell.length(), " "));
    return column < names ? cell + space : space + cell;
  }

  private int width(int column) {
    return Math.max(
        head.get(column).length(),
        rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
  }
}
