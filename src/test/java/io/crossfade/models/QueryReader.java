package io.crossfade.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/**
 * Reads the parameters of the Query protocol by the model. What does not fit is kept as it came, so
 * that {@link ShapeCheck} finds it.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html">AWS Query protocol</a>
 */
record QueryReader(ServiceModel model) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /**
   * @param form without the parameters Action and Version
   */
  JsonNode read(JsonNode shape, Map<String, String> form) {
    ObjectNode root = NODES.objectNode();
    form.forEach((name, value) -> put(root, name.split("\\.", -1), value));
    return value(shape, root);
  }

  private static void put(ObjectNode root, String[] path, String value) {
    ObjectNode at = root;
    for (int i = 0; i < path.length - 1; i++) {
      at = at.path(path[i]) instanceof ObjectNode inner ? inner : at.putObject(path[i]);
    }
    at.put(path[path.length - 1], value);
  }

  private JsonNode value(JsonNode shape, JsonNode node) {
    return switch (shape.path("type").asText()) {
      case "structure" -> structure(shape, node);
      case "list" -> list(shape, node);
      case "map" -> map(shape, node);
      default -> node.isTextual() ? Scalars.BODY.typed(shape, node.textValue()) : node;
    };
  }

  private JsonNode structure(JsonNode shape, JsonNode node) {
    if (!node.isObject()) {
      return node;
    }
    ObjectNode read = NODES.objectNode();
    node.properties()
        .forEach(
            parameter -> {
              String name = WireNames.member(shape, parameter.getKey());
              JsonNode reference = shape.path("members").path(name);
              read.set(
                  name,
                  reference.isMissingNode()
                      ? parameter.getValue()
                      : value(model.target(reference), parameter.getValue()));
            });
    return read;
  }

  private JsonNode list(JsonNode shape, JsonNode node) {
    if (node.equals(TextNode.valueOf(""))) {
      return NODES.arrayNode();
    }
    JsonNode numbered =
        WireNames.flattened(shape) ? node : only(node, WireNames.of(shape, "member", "member"));
    if (!isNumbered(numbered)) {
      return node;
    }
    ArrayNode read = NODES.arrayNode();
    JsonNode element = model.target(shape.path("member"));
    for (int i = 1; i <= numbered.size(); i++) {
      read.add(value(element, numbered.get(Integer.toString(i))));
    }
    return read;
  }

  private JsonNode map(JsonNode shape, JsonNode node) {
    JsonNode numbered = WireNames.flattened(shape) ? node : only(node, "entry");
    if (!isNumbered(numbered)) {
      return node;
    }
    ObjectNode read = NODES.objectNode();
    JsonNode held = model.target(shape.path("value"));
    for (JsonNode entry : numbered) {
      read.set(
          entry.path(WireNames.of(shape, "key", "key")).asText(),
          value(held, entry.path(WireNames.of(shape, "value", "value"))));
    }
    return read;
  }

  /** The child of that name; null where there are others. */
  private static JsonNode only(JsonNode node, String name) {
    return node.size() == 1 ? node.get(name) : null;
  }

  /** From 1, without gaps. */
  private static boolean isNumbered(JsonNode node) {
    if (node == null || !node.isObject()) {
      return false;
    }
    for (int i = 1; i <= node.size(); i++) {
      if (!node.has(Integer.toString(i))) {
        return false;
      }
    }
    return true;
  }
}
