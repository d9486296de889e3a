package io.crossfade.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Reads the fields of one JSON object strictly and gathers every problem, so that a person mends
 * the file once. A field that has a problem reads as its default.
 */
final class StrictFields {
  private final String path;
  private final Map<?, ?> object;
  private final List<ValidationError> problems;

  StrictFields(String path, Map<?, ?> object, List<ValidationError> problems) {
    this.path = path;
    this.object = object;
    this.problems = problems;
  }

  /** Complains about every field that is not one of the known, with the nearest that is. */
  void onlyKnown(Set<String> known) {
    for (Object key : object.keySet()) {
      String name = String.valueOf(key);
      if (!known.contains(name)) {
        String expected =
            SpellingSuggestion.to(name, known)
                .map(near -> "\"" + near + "\" (did you mean this?)")
                .orElse("one of " + new TreeSet<>(known));
        problems.add(new ValidationError(path + name, "an unknown field", expected));
      }
    }
  }

  boolean has(String name) {
    return object.get(name) != null;
  }

  Object raw(String name) {
    return object.get(name);
  }

  void problem(String name, String expected) {
    problems.add(new ValidationError(path + name, describe(object.get(name)), expected));
  }

  String text(String name, String fallback, String expected, Predicate<String> valid) {
    Object value = object.get(name);
    if (value == null) {
      return fallback;
    }
    if (value instanceof String text && valid.test(text)) {
      return text;
    }
    problem(name, expected);
    return fallback;
  }

  String requiredText(String name, String expected, Predicate<String> valid) {
    if (!has(name)) {
      problem(name, expected);
      return null;
    }
    return text(name, null, expected, valid);
  }

  int whole(String name, int fallback, int min, int max) {
    Object value = object.get(name);
    if (value == null) {
      return fallback;
    }
    boolean integral = value instanceof Integer || value instanceof Long;
    if (integral && ((Number) value).longValue() >= min && ((Number) value).longValue() <= max) {
      return ((Number) value).intValue();
    }
    problem(name, "a whole number from %d to %d".formatted(min, max));
    return fallback;
  }

  boolean flag(String name) {
    Object value = object.get(name);
    if (value != null && !(value instanceof Boolean)) {
      problem(name, "true or false");
    }
    return Boolean.TRUE.equals(value);
  }

  List<String> texts(String name, String expected, Predicate<String> valid) {
    List<String> good = new ArrayList<>();
    Object value = object.get(name);
    if (value == null) {
      return good;
    }
    if (!(value instanceof List<?> list)) {
      problem(name, "a list of " + expected);
      return good;
    }
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof String text && valid.test(text)) {
        good.add(text);
      } else {
        problems.add(
            new ValidationError(
                "%s%s[%d]".formatted(path, name, i), describe(list.get(i)), expected));
      }
    }
    return good;
  }

  static String describe(Object value) {
    if (value == null) {
      return "nothing";
    }
    String text = value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }
}
