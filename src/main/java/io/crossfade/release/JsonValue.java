package io.crossfade.release;

import java.util.Collection;
import java.util.Map;

/** Values of AWS's JSON documents. */
public final class JsonValue {
  private JsonValue() {}

  /**
   * Whether a field with this value says no more than one that is absent: null, false, an empty
   * text or list, or an object of nothing else. AWS adds such fields to its answers when it learns
   * something new.
   */
  public static boolean isEmpty(Object value) {
    return value == null
        || Boolean.FALSE.equals(value)
        || "".equals(value)
        || value instanceof Collection<?> list && list.isEmpty()
        || value instanceof Map<?, ?> map && map.values().stream().allMatch(JsonValue::isEmpty);
  }
}
