package io.crossfade.localaws.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;

/** What a pattern asks of a field that holds values. */
@FunctionalInterface
interface ValueMatcher {
  /**
   * @param values of the field; none if the event has no such field
   */
  boolean holds(List<JsonNode> values);

  static ValueMatcher any(Predicate<JsonNode> test) {
    return values -> values.stream().anyMatch(test);
  }

  static ValueMatcher anyText(Predicate<String> test) {
    return any(value -> value.isTextual() && test.test(value.textValue()));
  }
}
