package io.crossfade.plan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads the fields of one JSON object strictly and gathers every problem, so that a person mends
 * the file once. A field that has a problem reads as its default. A field that is null is not one
 * that is absent: whoever wrote it meant something.
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
  void onlyKnown(Collection<String> known) {
    for (Object key : object.keySet()) {
      String name = String.valueOf(key);
      if (!known.contains(name)) {
        String expected =
            SpellingSuggestion.to(name, known)
                .map(near -> "\"" + near + "\" (did you mean this?)")
                .orElse("one of " + new TreeSet<>(known));
        problem(FoundValue.name(name), "an unknown field", expected);
      }
    }
  }

  boolean has(String name) {
    return object.containsKey(name);
  }

  Object raw(String name) {
    return object.get(name);
  }

  String found(String name) {
    return has(name) ? FoundValue.describe(object.get(name)) : "nothing";
  }

  /** One of the object itself. */
  void problem(String expected) {
    String whole = path.substring(0, path.length() - 1);
    String keys = FoundValue.describe(object.keySet().toString());
    problems.add(new ValidationError(whole, keys, expected));
  }

  void problem(String name, String expected) {
    problem(name, found(name), expected);
  }

  void problem(String name, String found, String expected) {
    problems.add(new ValidationError(path + name, found, expected));
  }

  /**
   * @param most characters; longer texts are not looked at by {@code valid}
   */
  String text(String name, String fallback, int most, String expected, Predicate<String> valid) {
    if (!has(name)) {
      return fallback;
    }
    if (object.get(name) instanceof String text && fits(text, most) && valid.test(text)) {
      return text;
    }
    problem(name, expected);
    return fallback;
  }

  /** Half of a surrogate pair is no text: nothing that holds it could be stored. */
  private static boolean fits(String text, int most) {
    return text.length() <= most && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  String requiredText(String name, int most, String expected, Predicate<String> valid) {
    if (!has(name)) {
      problem(name, expected);
    }
    return text(name, null, most, expected, valid);
  }

  int whole(String name, int fallback, int min, int max) {
    if (!has(name)) {
      return fallback;
    }
    Object value = object.get(name);
    boolean integral = value instanceof Integer || value instanceof Long;
    if (integral && ((Number) value).longValue() >= min && ((Number) value).longValue() <= max) {
      return ((Number) value).intValue();
    }
    problem(name, "a whole number from %d to %d".formatted(min, max));
    return fallback;
  }

  /** The fields of an object in this one; null, and a problem, if it is none. */
  StrictFields object(String name, String expected) {
    if (object.get(name) instanceof Map<?, ?> inner) {
      return new StrictFields(path + name + ".", inner, problems);
    }
    problem(name, expected);
    return null;
  }

  /**
   * The items of a list of objects.
   *
   * @param most items
   * @param one an item as it should be
   * @param read what makes a value of an item; of null if that is no object, which is a problem
   */
  <T> List<T> objects(
      String name,
      int least,
      int most,
      String expected,
      String one,
      Function<StrictFields, T> read) {
    List<T> values = new ArrayList<>();
    if (!(object.get(name) instanceof List<?> list) || list.size() < least || list.size() > most) {
      problem(name, expected);
      return values;
    }
    for (int i = 0; i < list.size(); i++) {
      String item = "%s[%d]".formatted(name, i);
      values.add(
          read.apply(
              new StrictFields(path, Collections.singletonMap(item, list.get(i)), problems)
                  .object(item, one)));
    }
    return values;
  }

  boolean flag(String name) {
    if (has(name) && !(object.get(name) instanceof Boolean)) {
      problem(name, "true or false");
    }
    return Boolean.TRUE.equals(object.get(name));
  }

  /**
   * @param most items, and characters of each
   */
  List<String> texts(String name, int most, int chars, String expected, Predicate<String> valid) {
    List<String> good = new ArrayList<>();
    if (!has(name)) {
      return good;
    }
    if (!(object.get(name) instanceof List<?> list) || list.size() > most) {
      problem(name, "a list of at most %d, each %s".formatted(most, expected));
      return good;
    }
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof String text && fits(text, chars) && valid.test(text)) {
        good.add(text);
      } else {
        problem("%s[%d]".formatted(name, i), FoundValue.describe(list.get(i)), expected);
      }
    }
    return good;
  }
}
