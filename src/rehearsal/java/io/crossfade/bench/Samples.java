package io.crossfade.bench;

import java.util.List;

/** What was measured of one quantity, in the order in which it was measured. */
public record Samples(List<Double> values) {
  public Samples {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no sample");
    }
    if (values.stream().anyMatch(value -> !Double.isFinite(value))) {
      throw new IllegalArgumentException("samples must be finite, found " + values);
    }
  }

  public static Samples of(Double... values) {
    return new Samples(List.of(values));
  }

  /** The middle one, or the mean of the middle two. */
  public double median() {
    List<Double> sorted = sorted();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /**
   * The smallest sample that at least 99 of 100 do not exceed (nearest rank): of fewer than 100
   * samples the largest.
   */
  public double p99() {
    List<Double> sorted = sorted();
    int rank = (sorted.size() * 99 + 99) / 100;
    return sorted.get(rank - 1);
  }

  /**
   * How many times as much this is, by the medians.
   *
   * @throws IllegalArgumentException if the other's median is 0
   */
  public double ratioTo(Samples other) {
    if (other.median() == 0) {
      throw new IllegalArgumentException("nothing is a multiple of 0");
    }
    return median() / other.median();
  }

  private List<Double> sorted() {
    return values.stream().sorted().toList();
  }
}
