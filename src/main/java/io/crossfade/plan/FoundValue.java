package io.crossfade.plan;

import io.crossfade.release.ShortText;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What stood in an input, in words that fit into one line whatever it is. */
final class FoundValue {
  private static final int MAX_CHARS = 200;

  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private FoundValue() {}

  /** Texts in quotation marks, and the size of what holds other values. */
  static String describe(Object value) {
    if (value instanceof Map<?, ?> object) {
      return object.isEmpty() ? "an empty object" : counted(object.size(), "an object of", "field");
    }
    if (value instanceof List<?> list) {
      return list.isEmpty() ? "an empty list" : counted(list.size(), "a list of", "item");
    }
    return value instanceof String text ? quoted(text) : shortened(String.valueOf(value));
  }

  private static String counted(int size, String of, String what) {
    return "%s %d %s%s".formatted(of, size, what, size == 1 ? "" : "s");
  }

  /** A field's name; in quotation marks unless it looks like one. */
  static String name(Object name) {
    String text = String.valueOf(name);
    return PLAIN_NAME.matcher(text).matches() ? text : quoted(text);
  }

  private static String quoted(String text) {
    String quoted = "\"" + shortened(text) + "\"";
    return text.length() <= MAX_CHARS
        ? quoted
        : "%s (%d characters)".formatted(quoted, text.length());
  }

  static String shortened(String text) {
    return ShortText.oneLine(text, MAX_CHARS);
  }
}
