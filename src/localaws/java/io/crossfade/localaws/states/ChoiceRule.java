package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** One rule of a Choice state: does it hold for this data? */
final class ChoiceRule {
  static final Set<String> TESTS =
      Set.of("IsPresent", "IsNull", "IsString", "IsNumeric", "IsBoolean", "IsTimestamp");
  static final Set<String> COMPARISONS = comparisons();
  static final Set<String> COMBINATIONS = Set.of("And", "Or", "Not");

  private ChoiceRule() {}

  static boolean holds(JsonNode rule, JsonNode data, JsonNode context) throws StateFailure {
    if (rule.has("Not")) {
      return !holds(rule.get("Not"), data, context);
    }
    if (rule.has("And")) {
      return !any(rule.get("And"), false, data, context);
    }
    return rule.has("Or") ? any(rule.get("Or"), true, data, context) : compare(rule, data, context);
  }

  /** The operator of a rule that is no combination: its one field that is an operator's name. */
  static List<String> operators(JsonNode rule) {
    return StateJson.names(rule).stream()
        .filter(name -> TESTS.contains(name) || COMPARISONS.contains(name))
        .toList();
  }

  private static boolean any(JsonNode rules, boolean wanted, JsonNode data, JsonNode context)
      throws StateFailure {
    for (JsonNode rule : rules) {
      if (holds(rule, data, context) == wanted) {
        return true;
      }
    }
    return false;
  }

  private static boolean compare(JsonNode rule, JsonNode data, JsonNode context)
      throws StateFailure {
    String operator = operators(rule).get(0);
    String variable = rule.get("Variable").textValue();
    Optional<JsonNode> found = Paths.find(variable, data, context);
    if (operator.equals("IsPresent")) {
      return found.isPresent() == rule.get(operator).booleanValue();
    }
    JsonNode value = found.orElseThrow(() -> invalidPath(variable));
    return TESTS.contains(operator)
        ? is(operator, value) == rule.get(operator).booleanValue()
        : compare(operator, value, operand(rule, operator, data, context));
  }

  private static JsonNode operand(JsonNode rule, String operator, JsonNode data, JsonNode context)
      throws StateFailure {
    JsonNode given = rule.get(operator);
    if (!operator.endsWith("Path")) {
      return given;
    }
    return Paths.find(given.textValue(), data, context)
        .orElseThrow(() -> invalidPath(given.textValue()));
  }

  private static StateFailure invalidPath(String path) {
    return StateFailure.runtime(
        "Invalid path '%s': The choice state's condition path references an invalid value."
            .formatted(path));
  }

  private static boolean is(String test, JsonNode value) {
    return switch (test) {
      case "IsNull" -> value.isNull();
      case "IsString" -> value.isTextual();
      case "IsNumeric" -> value.isNumber();
      case "IsBoolean" -> value.isBoolean();
      default -> timestamp(value).isPresent();
    };
  }

  /** Values of different types are never equal, less or greater: the rule just does not hold. */
  private static boolean compare(String operator, JsonNode left, JsonNode right) {
    String name = operator.replaceAll("Path$", "");
    if (name.equals("StringMatches")) {
      return left.isTextual() && matches(left.textValue(), right.textValue());
    }
    if (name.equals("BooleanEquals")) {
      return left.isBoolean() && left.equals(right);
    }
    return order(name, left, right).filter(order -> fits(name, order)).isPresent();
  }

  private static Optional<Integer> order(String name, JsonNode left, JsonNode right) {
    if (name.startsWith("String")) {
      return left.isTextual() && right.isTextual()
          ? Optional.of(left.textValue().compareTo(right.textValue()))
          : Optional.empty();
    }
    if (name.startsWith("Numeric")) {
      return left.isNumber() && right.isNumber()
          ? Optional.of(left.decimalValue().compareTo(right.decimalValue()))
          : Optional.empty();
    }
    return timestamp(left).flatMap(at -> timestamp(right).map(at::compareTo));
  }

  private static boolean fits(String name, int order) {
    if (name.endsWith("LessThanEquals")) {
      return order <= 0;
    }
    if (name.endsWith("GreaterThanEquals")) {
      return order >= 0;
    }
    if (name.endsWith("LessThan")) {
      return order < 0;
    }
    return name.endsWith("GreaterThan") ? order > 0 : order == 0;
  }

  static Optional<Instant> timestamp(JsonNode value) {
    try {
      return value.isTextual()
          ? Optional.of(OffsetDateTime.parse(value.textValue()).toInstant())
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** {@code *} stands for any characters; {@code \\*} for a star. */
  private static boolean matches(String text, String glob) {
    StringBuilder pattern = new StringBuilder();
    for (int at = 0; at < glob.length(); at++) {
      char c = glob.charAt(at);
      if (c == '\\' && at + 1 < glob.length()) {
        pattern.append(Pattern.quote(String.valueOf(glob.charAt(++at))));
      } else {
        pattern.append(c == '*' ? ".*" : Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(pattern.toString(), Pattern.DOTALL).matcher(text).matches();
  }

  private static Set<String> comparisons() {
    Set<String> names = new LinkedHashSet<>();
    for (String type : List.of("String", "Numeric", "Timestamp")) {
      for (String order :
          List.of("Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals")) {
        names.add(type + order);
        names.add(type + order + "Path");
      }
    }
    names.addAll(List.of("BooleanEquals", "BooleanEqualsPath", "StringMatches"));
    return Set.copyOf(names);
  }
}
