package io.crossfade.rehearsal;

import java.util.List;

/** The command line cannot be understood; the message is for whoever typed it. */
public final class InvalidOptions extends IllegalArgumentException {
  /** What the process exits with, so that a typo is never taken for a failed rehearsal. */
  public static final int EXIT_STATUS = 2;

  private final List<String> problems;

  InvalidOptions(List<String> problems) {
    super("the rehearsal cannot start:\n  " + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
