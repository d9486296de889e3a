package io.crossfade.localaws.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces intrinsic functions by their values. A missing node stands for "no value". */
final class TemplateEvaluation {
  private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]*)}");

  private final JsonNode template;
  private final ParameterValues parameters;
  private final TemplateConditions conditions;
  private final Deque<String> naming = new ArrayDeque<>();

  TemplateEvaluation(JsonNode template, ParameterValues parameters) {
    this.template = template;
    this.parameters = parameters;
    this.conditions = new TemplateConditions(template.path("Conditions"), this::evaluate);
  }

  TemplateConditions conditions() {
    return conditions;
  }

  JsonNode evaluate(JsonNode node) {
    if (node.isArray()) {
      ArrayNode list = TemplateYaml.JSON.createArrayNode();
      node.forEach(element -> add(list, evaluate(element)));
      return list;
    }
    if (!node.isObject()) {
      return node;
    }
    String function = function(node);
    return function == null ? evaluateObject(node) : call(function, node.get(function));
  }

  private static void add(ArrayNode list, JsonNode value) {
    if (!value.isMissingNode()) {
      list.add(value);
    }
  }

  private JsonNode evaluateObject(JsonNode node) {
    ObjectNode object = TemplateYaml.JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      JsonNode value = evaluate(field.getValue());
      if (!value.isMissingNode()) {
        object.set(field.getKey(), value);
      }
    }
    return object;
  }

  private static String function(JsonNode node) {
    String name = node.size() == 1 ? node.fieldNames().next() : "";
    return name.equals("Ref") || name.startsWith("Fn::") ? name : null;
  }

  private JsonNode call(String function, JsonNode in) {
    return switch (function) {
      case "Ref" -> ref(in.asText());
      case "Fn::GetAtt" -> TextNode.valueOf(attribute(in.path(0).asText(), in.path(1).asText()));
      case "Fn::Sub" -> TextNode.valueOf(sub(in));
      case "Fn::If" -> evaluate(in.path(conditions.holds(in.path(0).asText()) ? 1 : 2));
      case "Fn::Join" -> join(evaluate(in));
      case "Fn::Select" -> select(evaluate(in));
      case "Fn::Split" -> split(evaluate(in));
      case "Fn::FindInMap" -> findInMap(evaluate(in));
      default -> throw new TemplateError("intrinsic function not emulated: " + function);
    };
  }

  JsonNode ref(String name) {
    return PseudoParameters.get(name)
        .or(() -> parameters.get(name))
        .orElseGet(() -> TextNode.valueOf(resource(name).ref().apply(nameOf(name))));
  }

  String attribute(String logicalId, String attribute) {
    var value = resource(logicalId).attributes().get(attribute);
    if (value == null) {
      throw new TemplateError(
          "%s of type %s has no attribute %s".formatted(logicalId, type(logicalId), attribute));
    }
    return value.apply(nameOf(logicalId));
  }

  /** The physical name of a resource; its own properties may have to be evaluated for it. */
  String nameOf(String logicalId) {
    JsonNode properties = template.path("Resources").path(logicalId).path("Properties");
    String property = resource(logicalId).nameProperty();
    if (property == null || !properties.has(property)) {
      return ResourceTypes.defaultName(type(logicalId), logicalId);
    }
    if (naming.contains(logicalId)) {
      throw new TemplateError("circular dependency: " + naming + " and " + logicalId);
    }
    naming.push(logicalId);
    try {
      return evaluate(properties.get(property)).asText();
    } finally {
      naming.pop();
    }
  }

  private ResourceTypes.ResourceType resource(String logicalId) {
    String type = type(logicalId);
    if (type.isEmpty()) {
      throw new TemplateError("unresolved reference: " + logicalId);
    }
    JsonNode condition = template.path("Resources").path(logicalId).path("Condition");
    if (condition.isTextual() && !conditions.holds(condition.asText())) {
      throw new TemplateError(
          "reference to %s, which its condition %s leaves out"
              .formatted(logicalId, condition.asText()));
    }
    return ResourceTypes.of(type);
  }

  private String type(String logicalId) {
    String type = template.path("Resources").path(logicalId).path("Type").asText();
    return type.isEmpty() ? generatedType(logicalId) : type;
  }

  /** SAM makes a role {@code XRole} for a function or state machine X. */
  private String generatedType(String logicalId) {
    String owner = logicalId.replaceFirst("Role$", "");
    String ownerType = template.path("Resources").path(owner).path("Type").asText();
    return !owner.equals(logicalId) && ownerType.startsWith("AWS::Serverless::")
        ? "AWS::IAM::Role"
        : "";
  }

  private String sub(JsonNode in) {
    JsonNode text = in.isArray() ? in.path(0) : in;
    JsonNode own = in.isArray() ? evaluate(in.path(1)) : MissingNode.getInstance();
    Matcher places = PLACE.matcher(text.asText());
    return places.replaceAll(place -> Matcher.quoteReplacement(placed(place.group(1), own)));
  }

  private String placed(String name, JsonNode own) {
    if (name.startsWith("!")) {
      return "${" + name.substring(1) + "}";
    }
    if (own.has(name)) {
      return text(own.get(name));
    }
    int dot = name.indexOf('.');
    return dot < 0 ? text(ref(name)) : attribute(name.substring(0, dot), name.substring(dot + 1));
  }

  private static String text(JsonNode value) {
    if (!value.isValueNode()) {
      throw new TemplateError("a string is needed, found " + value);
    }
    return value.asText();
  }

  private static JsonNode join(JsonNode in) {
    List<String> parts = new ArrayList<>();
    in.path(1).forEach(part -> parts.add(text(part)));
    return TextNode.valueOf(String.join(in.path(0).asText(), parts));
  }

  private static JsonNode select(JsonNode in) {
    JsonNode found = in.path(1).path(in.path(0).asInt(-1));
    if (found.isMissingNode()) {
      throw new TemplateError("Fn::Select: no element " + in.path(0) + " in " + in.path(1));
    }
    return found;
  }

  private static JsonNode split(JsonNode in) {
    ArrayNode parts = TemplateYaml.JSON.createArrayNode();
    for (String part : text(in.path(1)).split(Pattern.quote(in.path(0).asText()), -1)) {
      parts.add(part);
    }
    return parts;
  }

  private JsonNode findInMap(JsonNode in) {
    JsonNode at = template.path("Mappings");
    for (JsonNode key : in) {
      at = at.path(key.asText());
    }
    if (at.isMissingNode() || in.size() != 3) {
      throw new TemplateError("Fn::FindInMap: nothing at " + in);
    }
    return at;
  }
}
