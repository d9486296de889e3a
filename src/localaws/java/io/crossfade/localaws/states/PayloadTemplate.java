package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parameters and ResultSelector: fields whose name ends in {@code .$} are filled in, from a path or
 * from the one intrinsic function that there is, {@code States.JsonToString} of a path.
 */
final class PayloadTemplate {
  private static final Pattern JSON_TO_STRING =
      Pattern.compile("States\\.JsonToString\\(\\s*(\\$.*?)\\s*\\)");

  private PayloadTemplate() {}

  static JsonNode fill(JsonNode template, JsonNode data, JsonNode context) throws StateFailure {
    if (template.isArray()) {
      ArrayNode filled = StateJson.MAPPER.createArrayNode();
      for (JsonNode element : template) {
        filled.add(fill(element, data, context));
      }
      return filled;
    }
    return template.isObject() ? fillObject(template, data, context) : template;
  }

  private static ObjectNode fillObject(JsonNode template, JsonNode data, JsonNode context)
      throws StateFailure {
    ObjectNode filled = StateJson.object();
    for (Map.Entry<String, JsonNode> field : template.properties()) {
      String name = field.getKey();
      if (name.endsWith(".$")) {
        filled.set(plain(name), read(field.getValue().textValue(), data, context));
      } else {
        filled.set(name, fill(field.getValue(), data, context));
      }
    }
    return filled;
  }

  /** The value of an expression that was found to be one. */
  static JsonNode read(String expression, JsonNode data, JsonNode context) throws StateFailure {
    Matcher toText = JSON_TO_STRING.matcher(expression);
    return toText.matches()
        ? TextNode.valueOf(JsonPaths.read(toText.group(1), data, context).toString())
        : JsonPaths.read(expression, data, context);
  }

  /** Reports every field of a template that could never be filled in. */
  static void check(JsonNode template, String at, BiConsumer<String, String> problems) {
    if (template.isArray()) {
      template.forEach(element -> check(element, at + "[]", problems));
    }
    for (Map.Entry<String, JsonNode> field : template.properties()) {
      String name = field.getKey();
      String here = at + "." + name;
      if (!name.endsWith(".$")) {
        check(field.getValue(), here, problems);
      } else if (template.has(plain(name))) {
        problems.accept(here, "is there with and without .$");
      } else {
        checkExpression(field.getValue(), here, problems);
      }
    }
  }

  static void checkExpression(JsonNode value, String at, BiConsumer<String, String> problems) {
    Matcher toText = JSON_TO_STRING.matcher(value.asText());
    String path = toText.matches() ? toText.group(1) : value.asText();
    if (!value.isTextual()) {
      problems.accept(at, "must be a path, found " + value);
    } else if (path.startsWith("$")) {
      JsonPaths.problem(path).ifPresent(problem -> problems.accept(at, problem));
    } else {
      problems.accept(at, "intrinsic function not emulated: " + value.textValue());
    }
  }

  private static String plain(String name) {
    return name.substring(0, name.length() - 2);
  }
}
