package io.crossfade.localaws.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;

/** What a pattern asks of a field that holds values. */
@FunctionalInterface
interface ValueTest {
  /**
   * @param values of the field; none if the event has no such field
   */
  boolean holds(List<JsonNode> values);

  static ValueTest any(Predicate<JsonNode> test) {
    return values -> values.stream().anyMatch(test);
  }

  static ValueTest anyText(Predicate<String> test) {
    return any(value -> value.isTextual() && test.test(value.textValue()));
  }
}
