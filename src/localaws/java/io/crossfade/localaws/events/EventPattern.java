package io.crossfade.localaws.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * What a rule asks of an event: every field of the pattern, with any of the values listed for it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html">
 *     Comparison operators</a>
 */
public final class EventPattern {
  private final Map<String, Field> fields;
  private final List<EventPattern> alternatives;

  /** What is asked of one field: a pattern of its own, or one of some values. */
  private sealed interface Field permits Inner, Leaf {}

  private record Inner(EventPattern pattern) implements Field {}

  private record Leaf(List<ValueMatcher> tests) implements Field {}

  private EventPattern(Map<String, Field> fields, List<EventPattern> alternatives) {
    this.fields = fields;
    this.alternatives = alternatives;
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
    List<EventPattern> alternatives = new ArrayList<>();
    pattern
        .properties()
        .forEach(
            entry -> {
              String path = at + "." + entry.getKey();
              if (entry.getKey().equals("$or")) {
                alternatives.addAll(alternatives(entry.getValue(), path));
              } else {
                fields.put(entry.getKey(), field(entry.getValue(), path));
              }
            });
    return new EventPattern(fields, alternatives);
  }

  private static List<EventPattern> alternatives(JsonNode patterns, String at) {
    if (!patterns.isArray() || patterns.size() < 2) {
      throw new InvalidEventPattern(at + " must list two patterns or more, found " + patterns);
    }
    return stream(patterns).map(each -> object(each, at)).toList();
  }

  private static Field field(JsonNode value, String at) {
    if (value.isObject()) {
      return new Inner(object(value, at));
    }
    if (!value.isArray() || value.isEmpty()) {
      throw new InvalidEventPattern(at + " must list its values, found " + value);
    }
    return new Leaf(stream(value).map(each -> ValueMatchers.parse(each, at)).toList());
  }

  public boolean matches(JsonNode event) {
    return fields.entrySet().stream()
            .allMatch(each -> matches(each.getValue(), event.path(each.getKey())))
        && (alternatives.isEmpty() || alternatives.stream().anyMatch(each -> each.matches(event)));
  }

  /** Of a list in the event one element must match. */
  private static boolean matches(Field field, JsonNode value) {
    if (field instanceof Inner inner) {
      return value.isArray()
          ? stream(value).anyMatch(inner.pattern()::matches)
          : inner.pattern().matches(value);
    }
    List<JsonNode> found = value.isArray() ? stream(value).toList() : List.of(value);
    List<JsonNode> values =
        found.stream().filter(each -> !each.isMissingNode() && !each.isContainerNode()).toList();
    return ((Leaf) field).tests().stream().anyMatch(test -> test.holds(values));
  }

  private static java.util.stream.Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
