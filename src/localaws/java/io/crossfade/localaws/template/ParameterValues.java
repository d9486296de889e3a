package io.crossfade.localaws.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The values of a template's parameters: given or default, and checked. */
final class ParameterValues {
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
  private static final String MASK = "****";

  private final Map<String, JsonNode> values = new LinkedHashMap<>();
  private final Set<String> hidden = new HashSet<>();

  ParameterValues(JsonNode declared, Map<String, String> given) {
    for (String name : given.keySet()) {
      if (!declared.has(name)) {
        throw new TemplateError("the template has no parameter " + name);
      }
    }
    declared
        .properties()
        .forEach(
            p -> {
              values.put(p.getKey(), value(p.getKey(), p.getValue(), given));
              if (p.getValue().path("NoEcho").asBoolean()) {
                hidden.add(p.getKey());
              }
            });
  }

  /** As CloudFormation describes them: a list is one text, and what must not be echoed is not. */
  Map<String, String> described() {
    Map<String, String> described = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> described.put(name, hidden.contains(name) ? MASK : text(value)));
    return described;
  }

  private static String text(JsonNode value) {
    List<String> elements = new ArrayList<>();
    value.forEach(element -> elements.add(element.asText()));
    return value.isArray() ? String.join(",", elements) : value.asText();
  }

  Optional<JsonNode> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  private static JsonNode value(String name, JsonNode declared, Map<String, String> given) {
    String text = given.get(name);
    if (text == null && !declared.has("Default")) {
      throw new TemplateError("parameter " + name + " has no default and must be given");
    }
    if (text == null) {
      text = declared.get("Default").asText();
    }
    return typed(name, declared, text);
  }

  private static JsonNode typed(String name, JsonNode declared, String text) {
    String type = declared.path("Type").asText();
    if (type.equals("CommaDelimitedList") || type.startsWith("List<")) {
      ArrayNode list = TemplateYaml.JSON.createArrayNode();
      for (String each : text.split("\\s*,\\s*")) {
        check(name, declared, each);
        list.add(each);
      }
      return list;
    }
    if (type.equals("Number")) {
      checkNumber(name, declared, text);
    } else if (!type.equals("String") && !type.matches("AWS::[A-Za-z0-9]+::.+(Id|Name)")) {
      throw new TemplateError("parameter %s: type not emulated: %s".formatted(name, type));
    }
    check(name, declared, text);
    return TextNode.valueOf(text);
  }

  private static void check(String name, JsonNode declared, String value) {
    JsonNode allowed = declared.path("AllowedValues");
    boolean listed = !declared.has("AllowedValues");
    for (JsonNode each : allowed) {
      listed |= each.asText().equals(value);
    }
    require(listed, name, value, "must be one of " + allowed);
    if (declared.has("AllowedPattern")) {
      String pattern = declared.get("AllowedPattern").asText();
      require(value.matches(pattern), name, value, "must match " + pattern);
    }
    int least = declared.path("MinLength").asInt(0);
    int most = declared.path("MaxLength").asInt(Integer.MAX_VALUE);
    require(value.length() >= least, name, value, "must have at least " + least + " characters");
    require(value.length() <= most, name, value, "must have at most " + most + " characters");
  }

  private static void checkNumber(String name, JsonNode declared, String value) {
    require(value.matches("-?\\d+(\\.\\d+)?"), name, value, "must be a number");
    BigDecimal number = new BigDecimal(value);
    JsonNode least = declared.path("MinValue");
    JsonNode most = declared.path("MaxValue");
    require(
        least.isMissingNode() || number.compareTo(new BigDecimal(least.asText())) >= 0,
        name,
        value,
        "must be at least " + least.asText());
    require(
        most.isMissingNode() || number.compareTo(new BigDecimal(most.asText())) <= 0,
        name,
        value,
        "must be at most " + most.asText());
  }

  private static void require(boolean good, String name, String value, String what) {
    if (!good) {
      throw new TemplateError("parameter %s %s, found \"%s\"".formatted(name, what, value));
    }
  }
}
