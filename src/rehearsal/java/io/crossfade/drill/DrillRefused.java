package io.crossfade.drill;

import java.util.List;

/** The drill is refused, and nothing was touched. */
public final class DrillRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  DrillRefused(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  DrillRefused(String problem) {
    this(List.of(problem));
  }

  /** Why, in sentences. */
  public List<String> problems() {
    return problems;
  }
}
