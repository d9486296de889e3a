package io.crossfade.localaws.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * What a rule asks of an event: every field of the pattern, with any of the values listed for it.
 *
 * <p>Of the comparison operators {@code suffix} alone is emulated.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html">
 *     Event patterns</a>
 */
public final class EventPattern {
  private final Map<String, Field> fields;

  /** What one field must match: a pattern of its own, or one of the listed values. */
  private sealed interface Field permits Inner, Values {}

  private record Inner(EventPattern pattern) implements Field {}

  private record Values(List<JsonNode> values) implements Field {}

  private EventPattern(Map<String, Field> fields) {
    this.fields = fields;
  }

  /**
   * @throws InvalidEventPattern for what EventBridge refuses and for operators that are not
   *     emulated
   */
  public static EventPattern parse(JsonNode pattern) {
    return object(pattern, "");
  }

  private static EventPattern object(JsonNode pattern, String at) {
    if (!pattern.isObject() || pattern.isEmpty()) {
      throw new InvalidEventPattern(
          "a pattern must be an object with a field%s, found %s".formatted(at, pattern));
    }
    Map<String, Field> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : pattern.properties()) {
      String path = at + "." + each.getKey();
      if (each.getKey().startsWith("$")) {
        throw new InvalidEventPattern(path + ": operator not emulated");
      }
      fields.put(each.getKey(), field(each.getValue(), path));
    }
    return new EventPattern(fields);
  }

  private static Field field(JsonNode value, String at) {
    if (value.isObject()) {
      return new Inner(object(value, at));
    }
    if (!value.isArray() || value.isEmpty()) {
      throw new InvalidEventPattern(at + " must list its values, found " + value);
    }
    return new Values(stream(value).map(each -> value(each, at)).toList());
  }

  private static JsonNode value(JsonNode asked, String at) {
    if (asked.isArray()) {
      throw new InvalidEventPattern(at + ": a list in a list, found " + asked);
    }
    if (asked.isObject() && !isSuffix(asked)) {
      throw new InvalidEventPattern(at + ": operator not emulated: " + asked);
    }
    return asked;
  }

  public boolean matches(JsonNode event) {
    return fields.entrySet().stream()
        .allMatch(each -> matches(each.getValue(), event.path(each.getKey())));
  }

  /** If the event has a list, one of its elements must match. */
  private static boolean matches(Field field, JsonNode value) {
    if (field instanceof Inner inner) {
      return value.isArray()
          ? stream(value).anyMatch(inner.pattern()::matches)
          : inner.pattern().matches(value);
    }
    List<JsonNode> found = value.isArray() ? stream(value).toList() : List.of(value);
    return ((Values) field)
        .values().stream().anyMatch(asked -> found.stream().anyMatch(each -> same(asked, each)));
  }

  private static boolean isSuffix(JsonNode asked) {
    return asked.size() == 1 && asked.path("suffix").isTextual();
  }

  /** Numbers are compared as they are spelled: 300 is not 300.0. */
  private static boolean same(JsonNode asked, JsonNode value) {
    if (asked.isObject()) {
      return value.isTextual() && value.asText().endsWith(asked.path("suffix").asText());
    }
    return asked.getNodeType() == value.getNodeType() && asked.asText().equals(value.asText());
  }

  private static java.util.stream.Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
