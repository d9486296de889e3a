package io.crossfade.localaws.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The Events of a function. Each type has its check; a type without one is refused by name. */
final class FunctionEvents {
  private static final Map<String, Consumer<JsonNode>> CHECKS =
      Map.of(
          HttpApiEvents.TYPE,
          HttpApiEvents::check,
          "EventBridgeRule",
          RuleEvents::check,
          "CloudWatchEvent",
          RuleEvents::check,
          ScheduleEvents.TYPE,
          ScheduleEvents::check);

  private FunctionEvents() {}

  /** Throws for the first event that is not emulated. */
  static void check(JsonNode functionProperties) {
    functionProperties
        .path("Events")
        .properties()
        .forEach(event -> check(event.getKey(), event.getValue()));
  }

  private static void check(String name, JsonNode event) {
    String type = event.path("Type").asText();
    if (!CHECKS.containsKey(type)) {
      throw new TemplateError("event type not emulated: %s (%s)".formatted(type, name));
    }
    CHECKS.get(type).accept(event);
  }

  /** The events of one type, by name. */
  static Map<String, JsonNode> ofType(String type, JsonNode functionProperties) {
    Map<String, JsonNode> found = new LinkedHashMap<>();
    functionProperties
        .path("Events")
        .properties()
        .forEach(
            event -> {
              if (event.getValue().path("Type").asText().equals(type)) {
                found.put(event.getKey(), event.getValue());
              }
            });
    return found;
  }

  /**
   * @throws TemplateError for a property that is not known
   */
  static void requireOnly(JsonNode properties, Set<String> known, String where) {
    properties
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new TemplateError("not emulated: %s in %s".formatted(name, where));
              }
            });
  }
}
