package io.crossfade.localaws.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;

/** The conditions of a template. */
final class TemplateConditions {
  private final JsonNode declared;
  private final UnaryOperator<JsonNode> values;
  private final Deque<String> open = new ArrayDeque<>();

  TemplateConditions(JsonNode declared, UnaryOperator<JsonNode> values) {
    this.declared = declared;
    this.values = values;
  }

  boolean holds(String name) {
    if (!declared.has(name)) {
      throw new TemplateError("there is no condition " + name);
    }
    if (open.contains(name)) {
      throw new TemplateError("circular condition: " + name);
    }
    open.push(name);
    try {
      return holds(declared.get(name));
    } finally {
      open.pop();
    }
  }

  private boolean holds(JsonNode node) {
    String function = node.isObject() && node.size() == 1 ? node.fieldNames().next() : "";
    JsonNode in = node.path(function);
    return switch (function) {
      case "Condition" -> holds(in.asText());
      case "Fn::Equals" -> text(in.path(0)).equals(text(in.path(1)));
      case "Fn::Not" -> !holds(in.path(0));
      case "Fn::And" -> count(in) == in.size();
      case "Fn::Or" -> count(in) > 0;
      default -> throw new TemplateError("no condition: " + node);
    };
  }

  private int count(JsonNode in) {
    int count = 0;
    for (JsonNode each : in) {
      count += holds(each) ? 1 : 0;
    }
    return count;
  }

  private String text(JsonNode value) {
    JsonNode evaluated = values.apply(value);
    return evaluated.isValueNode() ? evaluated.asText() : evaluated.toString();
  }
}
