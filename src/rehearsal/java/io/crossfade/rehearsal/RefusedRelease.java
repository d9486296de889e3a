package io.crossfade.rehearsal;

import java.util.List;

/** The release cannot be rehearsed, for at least one reason. */
final class RefusedRelease extends IllegalArgumentException {
  private final List<String> problems;

  RefusedRelease(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  List<String> problems() {
    return problems;
  }
}
