package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.states.DefinitionCheck.Fields;
import java.util.List;
import java.util.Set;

/** What a Choice state must look like. */
final class ChoiceCheck {
  private static final Set<String> FIELDS = Set.of("Comment", "Next", "Variable");

  private ChoiceCheck() {}

  static void check(Fields fields, State state) {
    JsonNode rules = state.fields().path("Choices");
    fields.text("Default", false);
    if (!rules.isArray() || rules.isEmpty()) {
      fields.problem("Choices", "must hold at least one rule");
    }
    for (int i = 0; i < rules.size(); i++) {
      rule(fields.within("Choices[" + i + "]", rules.get(i)));
    }
  }

  private static void rule(Fields rule) {
    rule.text("Next", true);
    rule.text("Variable", true);
    rule.path("Variable");
    List<String> operators = ChoiceRule.operators(rule.node());
    if (operators.size() != 1) {
      rule.problem("", "must have exactly one operator, found " + operators);
    }
    for (String name : StateJson.names(rule.node())) {
      if (!operators.contains(name) && !FIELDS.contains(name)) {
        rule.problem(name, "is not supported here");
      }
    }
    operators.forEach(operator -> operand(rule, operator));
  }

  private static void operand(Fields rule, String operator) {
    JsonNode operand = rule.node().get(operator);
    boolean fits = operator.equals("StringEquals") ? operand.isTextual() : operand.isBoolean();
    if (!fits) {
      rule.problem(operator, "cannot be compared with " + operand);
    }
  }
}
