package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** The comparisons of a Choice state. */
final class ChoiceRule {
  static final Set<String> OPERATORS =
      Set.of(
          "StringEquals",
          "StringLessThan",
          "StringGreaterThan",
          "StringLessThanEquals",
          "StringGreaterThanEquals",
          "StringMatches",
          "NumericEquals",
          "NumericLessThan",
          "NumericGreaterThan",
          "NumericLessThanEquals",
          "NumericGreaterThanEquals",
          "BooleanEquals",
          "TimestampEquals",
          "TimestampLessThan",
          "TimestampGreaterThan",
          "TimestampLessThanEquals",
          "TimestampGreaterThanEquals",
          "IsNull",
          "IsPresent",
          "IsString",
          "IsNumeric",
          "IsBoolean",
          "IsTimestamp");

  private ChoiceRule() {}

  static boolean holds(JsonNode rule, JsonNode data, JsonNode context) throws StateError {
    if (rule.has("Not")) {
      return !holds(rule.get("Not"), data, context);
    }
    if (rule.has("And")) {
      for (JsonNode inner : rule.get("And")) {
        if (!holds(inner, data, context)) {
          return false;
        }
      }
      return true;
    }
    if (rule.has("Or")) {
      for (JsonNode inner : rule.get("Or")) {
        if (holds(inner, data, context)) {
          return true;
        }
      }
      return false;
    }
    return compares(rule, data, context);
  }

  private static boolean compares(JsonNode rule, JsonNode data, JsonNode context)
      throws StateError {
    String path = rule.get("Variable").asText();
    for (Map.Entry<String, JsonNode> field : rule.properties()) {
      String name = field.getKey();
      boolean byPath =
          name.endsWith("Path") && OPERATORS.contains(name.substring(0, name.length() - 4));
      String operator = byPath ? name.substring(0, name.length() - 4) : name;
      if (OPERATORS.contains(operator)) {
        JsonNode expected =
            byPath ? Paths.read(field.getValue().asText(), data, context) : field.getValue();
        JsonNode found = Paths.find(path, data, context);
        if (operator.startsWith("Is")) {
          return is(operator, found) == expected.asBoolean();
        }
        return compare(operator, Paths.read(path, data, context), expected);
      }
    }
    throw StateError.runtime("a choice rule without an operator: " + rule);
  }

  private static boolean is(String operator, JsonNode found) {
    return switch (operator) {
      case "IsPresent" -> !found.isMissingNode();
      case "IsNull" -> found.isNull();
      case "IsString" -> found.isTextual();
      case "IsNumeric" -> found.isNumber();
      case "IsBoolean" -> found.isBoolean();
      default -> found.isTextual() && instant(found) != null;
    };
  }

  private static boolean compare(String operator, JsonNode found, JsonNode expected) {
    if (operator.equals("BooleanEquals")) {
      return found.isBoolean() && found.asBoolean() == expected.asBoolean();
    }
    if (operator.equals("StringMatches")) {
      return found.isTextual() && glob(expected.asText(), found.asText());
    }
    if (operator.startsWith("String")) {
      return found.isTextual()
          && expected.isTextual()
          && ordered(operator, found.asText().compareTo(expected.asText()));
    }
    if (operator.startsWith("Numeric")) {
      return found.isNumber()
          && expected.isNumber()
          && ordered(operator, found.decimalValue().compareTo(expected.decimalValue()));
    }
    Instant left = instant(found);
    Instant right = instant(expected);
    return left != null && right != null && ordered(operator, left.compareTo(right));
  }

  private static boolean ordered(String operator, int order) {
    if (operator.endsWith("LessThanEquals")) {
      return order <= 0;
    }
    if (operator.endsWith("GreaterThanEquals")) {
      return order >= 0;
    }
    if (operator.endsWith("LessThan")) {
      return order < 0;
    }
    return operator.endsWith("GreaterThan") ? order > 0 : order == 0;
  }

  private static Instant instant(JsonNode node) {
    try {
      return Instant.parse(node.asText());
    } catch (java.time.format.DateTimeParseException notATime) {
      return null;
    }
  }

  /** {@code *} stands for anything, {@code \*} for itself. */
  private static boolean glob(String pattern, String text) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length()) {
        regex.append(java.util.regex.Pattern.quote(String.valueOf(pattern.charAt(++i))));
      } else {
        regex.append(c == '*' ? ".*" : java.util.regex.Pattern.quote(String.valueOf(c)));
      }
    }
    return text.matches("(?s)" + regex);
  }
}
