package io.crossfade.localaws.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Function events of type EventBridgeRule, also called CloudWatchEvent.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventsource.html">
 *     EventSource</a>
 */
final class RuleEvents {
  private static final List<String> TYPES = List.of("EventBridgeRule", "CloudWatchEvent");

  private static final Set<String> RULE_PROPERTIES =
      Set.of(
          "Pattern",
          "InputPath",
          "Input",
          "Target",
          "RetryPolicy",
          "DeadLetterConfig",
          "RuleName",
          "State");

  /** How often Lambda tries an asynchronous invocation again unless the function says otherwise. */
  private static final int RETRIES = 2;

  private RuleEvents() {}

  /**
   * @param properties of the function
   */
  static List<FunctionEvent> of(String functionId, JsonNode properties) {
    List<FunctionEvent> events = new ArrayList<>();
    for (String type : TYPES) {
      FunctionEvents.ofType(type, properties)
          .forEach((id, event) -> events.add(read(functionId, id, event, properties)));
    }
    return events;
  }

  static void check(JsonNode event) {
    rule("", "an EventBridgeRule event", event.path("Properties"), event);
  }

  private static EventRule read(String functionId, String id, JsonNode event, JsonNode function) {
    String where = functionId + ".Events." + id;
    return rule(functionId + id, where, event.path("Properties"), function);
  }

  private static EventRule rule(String id, String where, JsonNode properties, JsonNode function) {
    FunctionEvents.requireOnly(properties, RULE_PROPERTIES, where);
    if (!properties.path("Pattern").isObject()) {
      throw new TemplateError(where + " needs a Pattern");
    }
    if (properties.has("Input") && properties.has("InputPath")) {
      throw new TemplateError(where + " has both Input and InputPath");
    }
    String state = properties.path("State").asText("ENABLED");
    if (!Set.of("ENABLED", "DISABLED").contains(state)) {
      throw new TemplateError("%s: State not emulated: %s".formatted(where, state));
    }
    return new EventRule(
        id,
        properties.path("RuleName").asText(PseudoParameters.STACK + "-" + id),
        state.equals("ENABLED"),
        properties.get("Pattern"),
        properties.path("InputPath").asText(null),
        properties.path("Input").asText(null),
        function.path("EventInvokeConfig").path("MaximumRetryAttempts").asInt(RETRIES));
  }
}
