package io.crossfade.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects samples, and makes measurements of them in the order in which they came first. */
final class Recorder {
  private final Map<Key, List<Double>> samples = new LinkedHashMap<>();

  private record Key(String part, String subject, String variant, String quantity) {}

  /**
   * @param part a part's label, or that and the name of a table of its own, after a slash
   */
  void add(String part, String subject, String variant, String quantity, double value) {
    samples
        .computeIfAbsent(new Key(part, subject, variant, quantity), key -> new ArrayList<>())
        .add(value);
  }

  List<Measurement> measurements() {
    List<Measurement> all = new ArrayList<>();
    samples.forEach(
        (key, values) ->
            all.add(
                new Measurement(
                    key.part(),
                    key.subject(),
                    key.variant(),
                    key.quantity(),
                    new Samples(values))));
    return List.copyOf(all);
  }
}
