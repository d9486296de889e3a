package io.crossfade.plan;

import java.util.List;
import java.util.stream.Collectors;

/** One thing wrong with the input: the field, what was found and what was expected. */
public record ValidationError(String field, String found, String expected) {
  /** More than anybody mends at once, and few enough for a document of Step Functions. */
  private static final int MAX_TOLD = 20;

  public String sentence() {
    return "%s: found %s, expected %s".formatted(field, found, expected);
  }

  /** A line for each, and the number of those that are too many. */
  public static String sentences(List<ValidationError> errors) {
    String told =
        errors.stream()
            .limit(MAX_TOLD)
            .map(ValidationError::sentence)
            .collect(Collectors.joining("\n"));
    return errors.size() <= MAX_TOLD
        ? told
        : "%s\nand %d more problems".formatted(told, errors.size() - MAX_TOLD);
  }
}
