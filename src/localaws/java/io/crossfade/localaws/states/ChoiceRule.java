package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One rule of a Choice state: whether it holds for this data. */
final class ChoiceRule {
  /** The operators that are emulated; a definition with any other is refused. */
  static final Set<String> OPERATORS = Set.of("IsPresent", "IsNull", "StringEquals");

  private ChoiceRule() {}

  static boolean holds(JsonNode rule, JsonNode data, JsonNode context) throws StateFailure {
    String operator = operators(rule).get(0);
    JsonNode operand = rule.get(operator);
    String variable = rule.get("Variable").textValue();
    Optional<JsonNode> found = JsonPaths.find(variable, data, context);
    if (operator.equals("IsPresent")) {
      return found.isPresent() == operand.booleanValue();
    }
    JsonNode value = found.orElseThrow(() -> invalidPath(variable));
    return operator.equals("IsNull")
        ? value.isNull() == operand.booleanValue()
        : value.equals(operand);
  }

  /** The fields of a rule that are the name of an operator. */
  static List<String> operators(JsonNode rule) {
    return StateJson.names(rule).stream().filter(OPERATORS::contains).toList();
  }

  private static StateFailure invalidPath(String path) {
    return StateFailure.runtime(
        "Invalid path '%s': The choice state's condition path references an invalid value."
            .formatted(path));
  }
}
