package io.crossfade.matrix;

import java.util.List;

/**
 * What became of a cell.
 *
 * @param reached false if what was to go wrong never came up, so that nothing was tried
 * @param violations what does not hold and must; empty means it survived
 */
record CellResult(
    String cell, String outcome, String reason, boolean reached, List<String> violations) {
  static final String BROKEN = "broken";

  CellResult {
    violations = List.copyOf(violations);
  }

  boolean survived() {
    return reached && violations.isEmpty();
  }

  String sentence() {
    if (!violations.isEmpty()) {
      return "VIOLATED: " + String.join("; ", violations);
    }
    return reached ? "survived" : "NOT REACHED";
  }
}
