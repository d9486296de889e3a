package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Parameters: fields that end in {@code .$} are paths, everything else is itself. */
final class PayloadTemplate {
  private PayloadTemplate() {}

  static JsonNode fill(JsonNode template, JsonNode data, JsonNode context) throws StateError {
    if (template.isObject()) {
      ObjectNode filled = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> field : template.properties()) {
        String name = field.getKey();
        if (name.endsWith(".$")) {
          filled.set(
              name.substring(0, name.length() - 2),
              Paths.read(field.getValue().asText(), data, context));
        } else {
          filled.set(name, fill(field.getValue(), data, context));
        }
      }
      return filled;
    }
    if (template.isArray()) {
      ArrayNode filled = JsonNodeFactory.instance.arrayNode();
      for (JsonNode item : template) {
        filled.add(fill(item, data, context));
      }
      return filled;
    }
    return template;
  }
}
