package io.crossfade.bench;

import static java.util.Objects.requireNonNull;

/**
 * One quantity of one thing.
 *
 * @param part of the benchmark, such as {@code cold-start}; if it has several tables, with the
 *     table's name after a slash
 * @param subject what was measured, such as {@code check-alarms}
 * @param variant how it was run, such as {@code native} or {@code python}
 * @param quantity what of it, with its unit, such as {@code first answer, ms}
 */
public record Measurement(
    String part, String subject, String variant, String quantity, Samples samples) {
  public Measurement {
    requireNonNull(part);
    requireNonNull(subject);
    requireNonNull(variant);
    requireNonNull(quantity);
    requireNonNull(samples);
  }
}
