package io.crossfade.plan;

/** One thing wrong with the input: the field, what was found and what was expected. */
public record ValidationError(String field, String found, String expected) {
  public String sentence() {
    return "%s: found %s, expected %s".formatted(field, found, expected);
  }
}
