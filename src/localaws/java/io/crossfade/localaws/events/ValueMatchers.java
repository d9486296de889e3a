package io.crossfade.localaws.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The values and operators that a pattern may list for a field. An operator that is not here, such
 * as {@code cidr}, is refused by name.
 */
final class ValueMatchers {
  private ValueMatchers() {}

  static ValueMatcher parse(JsonNode asked, String at) {
    if (asked.isArray()) {
      throw new InvalidEventPattern(at + ": a list in a list, found " + asked);
    }
    return asked.isObject() ? operator(asked, at) : exactly(asked);
  }

  /** Numbers are compared as they are spelled: 300 is not 300.0. */
  private static ValueMatcher exactly(JsonNode asked) {
    return ValueMatcher.any(value -> same(asked, value));
  }

  private static boolean same(JsonNode asked, JsonNode value) {
    return asked.getNodeType() == value.getNodeType() && asked.asText().equals(value.asText());
  }

  private static ValueMatcher operator(JsonNode asked, String at) {
    String name = asked.size() == 1 ? asked.fieldNames().next() : asked.toString();
    JsonNode operand = asked.path(name);
    return switch (name) {
      case "exists" -> exists(operand, at);
      case "anything-but" -> anythingBut(operand, at);
      case "numeric" -> numeric(operand, at);
      default -> ValueMatcher.anyText(text(name, operand, at));
    };
  }

  private static Predicate<String> text(String name, JsonNode operand, String at) {
    return switch (name) {
      case "prefix" -> affix(operand, at, true);
      case "suffix" -> affix(operand, at, false);
      case "equals-ignore-case" -> string(operand, at)::equalsIgnoreCase;
      case "wildcard" -> wildcard(string(operand, at), at);
      default -> throw new InvalidEventPattern("%s: operator not emulated: %s".formatted(at, name));
    };
  }

  private static Predicate<String> affix(JsonNode operand, String at, boolean atStart) {
    boolean ignoreCase = operand.isObject() && operand.has("equals-ignore-case");
    String asked = string(ignoreCase ? operand.get("equals-ignore-case") : operand, at);
    return value ->
        value.regionMatches(
            ignoreCase, atStart ? 0 : value.length() - asked.length(), asked, 0, asked.length());
  }

  private static Predicate<String> wildcard(String asked, String at) {
    if (asked.contains("**")) {
      throw new InvalidEventPattern(at + ": consecutive wildcards in " + asked);
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < asked.length(); i++) {
      char c = asked.charAt(i);
      if (c == '\\' && i + 1 < asked.length()) {
        regex.append(Pattern.quote(String.valueOf(asked.charAt(++i))));
      } else {
        regex.append(c == '*' ? ".*" : Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).asMatchPredicate();
  }

  private static ValueMatcher exists(JsonNode operand, String at) {
    if (!operand.isBoolean()) {
      throw new InvalidEventPattern(at + ": exists must be true or false, found " + operand);
    }
    return values -> values.isEmpty() != operand.booleanValue();
  }

  /** A field that is absent is not anything. */
  private static ValueMatcher anythingBut(JsonNode operand, String at) {
    if (operand.isObject() && operand.size() == 1) {
      String name = operand.fieldNames().next();
      List<Predicate<String>> not = new ArrayList<>();
      values(operand.get(name)).forEach(each -> not.add(text(name, each, at)));
      return ValueMatcher.any(
          value -> !value.isTextual() || not.stream().noneMatch(p -> p.test(value.textValue())));
    }
    List<JsonNode> not = values(operand);
    if (not.isEmpty() || not.stream().anyMatch(each -> !each.isTextual() && !each.isNumber())) {
      throw new InvalidEventPattern(at + ": anything-but needs strings or numbers: " + operand);
    }
    return ValueMatcher.any(value -> not.stream().noneMatch(each -> same(each, value)));
  }

  private static List<JsonNode> values(JsonNode oneOrMore) {
    List<JsonNode> values = new ArrayList<>();
    if (oneOrMore.isArray()) {
      oneOrMore.forEach(values::add);
    } else {
      values.add(oneOrMore);
    }
    return values;
  }

  private static ValueMatcher numeric(JsonNode operand, String at) {
    if (!operand.isArray() || (operand.size() != 2 && operand.size() != 4)) {
      throw new InvalidEventPattern(at + ": numeric needs one comparison or two: " + operand);
    }
    Predicate<Double> all = value -> true;
    for (int i = 0; i < operand.size(); i += 2) {
      all = all.and(comparison(operand.get(i).asText(), operand.get(i + 1), at));
    }
    Predicate<Double> holds = all;
    return ValueMatcher.any(value -> value.isNumber() && holds.test(value.doubleValue()));
  }

  private static Predicate<Double> comparison(String operator, JsonNode with, String at) {
    if (!with.isNumber()) {
      throw new InvalidEventPattern(at + ": numeric compares with a number, found " + with);
    }
    double other = with.doubleValue();
    return switch (operator) {
      case "=" -> value -> value == other;
      case "<" -> value -> value < other;
      case "<=" -> value -> value <= other;
      case ">" -> value -> value > other;
      case ">=" -> value -> value >= other;
      default -> throw new InvalidEventPattern(at + ": no numeric comparison: " + operator);
    };
  }

  private static String string(JsonNode operand, String at) {
    if (!operand.isTextual()) {
      throw new InvalidEventPattern(at + ": a string is needed, found " + operand);
    }
    return operand.textValue();
  }
}
