package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.states.DefinitionCheck.Fields;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a Choice state must look like. */
final class ChoiceCheck {
  private ChoiceCheck() {}

  static void check(Fields fields, State state) {
    JsonNode rules = state.fields().path("Choices");
    fields.text("Default", false);
    if (!rules.isArray() || rules.isEmpty()) {
      fields.problem("Choices", "must hold at least one rule");
    }
    for (int i = 0; i < rules.size(); i++) {
      Fields rule = fields.within("Choices[" + i + "]", rules.get(i));
      rule.text("Next", true);
      rule(rule, true);
    }
  }

  private static void rule(Fields rule, boolean top) {
    List<String> operators = operators(rule.node());
    if (operators.size() != 1) {
      rule.problem("", "must have exactly one operator, found " + operators);
    }
    for (String name : StateJson.names(rule.node())) {
      boolean known =
          operators.contains(name)
              || name.equals("Comment")
              || name.equals("Next") && top
              || name.equals("Variable");
      if (!known) {
        rule.problem(name, "is not supported here");
      }
    }
    operators.forEach(operator -> operand(rule, operator));
  }

  private static void operand(Fields rule, String operator) {
    JsonNode operand = rule.node().get(operator);
    if (operator.equals("Not")) {
      rule(rule.within(operator, operand), false);
    } else if (ChoiceRule.COMBINATIONS.contains(operator)) {
      combination(rule, operator, operand);
    } else {
      rule.text("Variable", true);
      rule.path("Variable");
      value(rule, operator, operand);
    }
  }

  private static void combination(Fields rule, String operator, JsonNode rules) {
    if (!rules.isArray() || rules.isEmpty()) {
      rule.problem(operator, "must hold at least one rule");
    }
    for (int i = 0; i < rules.size(); i++) {
      rule(rule.within(operator + "[" + i + "]", rules.get(i)), false);
    }
  }

  private static void value(Fields rule, String operator, JsonNode value) {
    if (operator.endsWith("Path")) {
      rule.path(operator);
    } else if (!fits(operator, value)) {
      rule.problem(operator, "cannot be compared with " + value);
    }
  }

  private static boolean fits(String operator, JsonNode value) {
    if (ChoiceRule.TESTS.contains(operator) || operator.startsWith("Boolean")) {
      return value.isBoolean();
    }
    if (operator.startsWith("Numeric")) {
      return value.isNumber();
    }
    return operator.startsWith("Timestamp")
        ? ChoiceRule.timestamp(value).isPresent()
        : value.isTextual();
  }

  private static List<String> operators(JsonNode rule) {
    Set<String> combinations = ChoiceRule.COMBINATIONS;
    return Stream.concat(
            ChoiceRule.operators(rule).stream(),
            StateJson.names(rule).stream().filter(combinations::contains))
        .toList();
  }
}
