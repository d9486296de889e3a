package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.util.ArrayList;
import java.util.List;

/**
 * JSONPath as the States Language uses it: {@code $} is the data, {@code $$} the context object.
 */
final class Paths {
  private static final Configuration JACKSON =
      Configuration.builder()
          .jsonProvider(new JacksonJsonNodeJsonProvider())
          .mappingProvider(new JacksonMappingProvider())
          .build();

  private Paths() {}

  static JsonNode read(String path, JsonNode data, JsonNode context) throws StateError {
    JsonNode found = find(path, data, context);
    if (found.isMissingNode()) {
      throw StateError.runtime("The JSONPath '%s' could not be found in the input".formatted(path));
    }
    return found;
  }

  /** A missing node where there is nothing. */
  static JsonNode find(String path, JsonNode data, JsonNode context) {
    JsonNode root = path.startsWith("$$") ? context : data;
    String inside = path.startsWith("$$") ? path.substring(1) : path;
    if (inside.equals("$")) {
      return root;
    }
    try {
      return JsonPath.using(JACKSON).parse(root).read(inside, JsonNode.class);
    } catch (PathNotFoundException nothing) {
      return MissingNode.getInstance();
    }
  }

  /** Puts a result at a reference path, making the objects on the way. */
  static JsonNode put(String path, JsonNode data, JsonNode result) throws StateError {
    if (path.equals("$")) {
      return result;
    }
    if (!data.isObject()) {
      throw new StateError(
          "States.ResultPathMatchFailure", "the input of ResultPath " + path + " is no object");
    }
    ObjectNode copy = data.deepCopy();
    ObjectNode at = copy;
    List<String> keys = keys(path);
    for (String key : keys.subList(0, keys.size() - 1)) {
      at = at.get(key) instanceof ObjectNode inner ? inner : at.putObject(key);
    }
    at.set(keys.get(keys.size() - 1), result);
    return copy;
  }

  static List<String> keys(String referencePath) {
    if (!referencePath.matches("\\$(\\.[A-Za-z_][A-Za-z0-9_-]*)+")) {
      throw new IllegalArgumentException("not emulated: the reference path " + referencePath);
    }
    return new ArrayList<>(List.of(referencePath.substring(2).split("\\.")));
  }
}
