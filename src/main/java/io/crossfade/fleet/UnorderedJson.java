package io.crossfade.fleet;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A JSON value in which the order of lists, and whether they are absent or empty, is forgotten. */
final class UnorderedJson {
  private UnorderedJson() {}

  static Object of(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((key, item) -> sorted.put(String.valueOf(key), of(item)));
      sorted.values().removeIf(UnorderedJson::nothing);
      return sorted;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(item -> String.valueOf(of(item))).sorted().toList();
    }
    return value == null ? List.of() : String.valueOf(value);
  }

  private static boolean nothing(Object value) {
    return value instanceof List<?> list && list.isEmpty()
        || value instanceof Map<?, ?> map && map.isEmpty();
  }
}
