package io.crossfade.localaws.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What SAM's Globals section adds to a resource. */
final class Globals {
  private static final Map<String, String> SECTIONS =
      Map.of(
          "AWS::Serverless::Function", "Function",
          "AWS::Serverless::HttpApi", "HttpApi",
          "AWS::Serverless::StateMachine", "StateMachine");

  private Globals() {}

  static void check(JsonNode globals) {
    globals
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!SECTIONS.containsValue(name)) {
                throw new TemplateError("not emulated: Globals." + name);
              }
            });
  }

  static JsonNode merged(JsonNode globals, String type, JsonNode properties) {
    JsonNode section = globals.path(SECTIONS.getOrDefault(type, ""));
    return section.isMissingNode() ? properties : merge(section, properties);
  }

  /** Maps are merged, lists are put behind each other, of single values the resource's own wins. */
  private static JsonNode merge(JsonNode global, JsonNode own) {
    if (own.isMissingNode()) {
      return global;
    }
    if (global.isArray() && own.isArray()) {
      return ((ArrayNode) global.deepCopy()).addAll((ArrayNode) own);
    }
    if (!global.isObject() || !own.isObject() || intrinsic(global) || intrinsic(own)) {
      return own;
    }
    ObjectNode merged = global.deepCopy();
    own.properties()
        .forEach(f -> merged.set(f.getKey(), merge(global.path(f.getKey()), f.getValue())));
    return merged;
  }

  private static boolean intrinsic(JsonNode node) {
    String name = node.size() == 1 ? node.fieldNames().next() : "";
    return name.equals("Ref") || name.startsWith("Fn::");
  }
}
