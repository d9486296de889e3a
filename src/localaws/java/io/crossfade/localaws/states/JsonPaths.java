package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths: {@code $} reads the data, {@code $$} the context; a reference path can be written to. */
final class JsonPaths {
  private static final Configuration JSON_PATH =
      Configuration.builder()
          .jsonProvider(new JacksonJsonNodeJsonProvider(StateJson.MAPPER))
          .mappingProvider(new JacksonMappingProvider(StateJson.MAPPER))
          .build();
  private static final Pattern STEP =
      Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_-]*)|\\['((?:[^'\\\\]|\\\\.)+)'\\]|\\[(\\d+)\\]");

  private JsonPaths() {}

  /** What is wrong with a path, or nothing. */
  static Optional<String> problem(String path) {
    try {
      compiled(path);
      return Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.of("is not a path: " + path);
    }
  }

  static Optional<String> referenceProblem(String path) {
    boolean good = !path.startsWith("$$") && steps(path) != null;
    return good ? Optional.empty() : Optional.of("is not a reference path: " + path);
  }

  /** The value at a path; empty if there is none. */
  static Optional<JsonNode> find(String path, JsonNode data, JsonNode context) {
    try {
      JsonNode root = path.startsWith("$$") ? context : data;
      JsonNode found = compiled(path).read(root, JSON_PATH);
      return Optional.of(found == null ? StateJson.MAPPER.nullNode() : found);
    } catch (PathNotFoundException e) {
      return Optional.empty();
    }
  }

  static JsonNode read(String path, JsonNode data, JsonNode context) throws StateFailure {
    return find(path, data, context)
        .orElseThrow(
            () ->
                StateFailure.runtime(
                    "The JSONPath '%s' could not be found in the input '%s'"
                        .formatted(path, path.startsWith("$$") ? context : data)));
  }

  /** A copy of the data with the value put at the path; objects on the way are created. */
  static JsonNode write(String path, JsonNode data, JsonNode value) throws StateFailure {
    List<Object> steps = steps(path);
    if (steps.isEmpty()) {
      return value;
    }
    JsonNode root = data.deepCopy();
    JsonNode at = root;
    for (Object step : steps.subList(0, steps.size() - 1)) {
      at = child(at, step, path);
    }
    put(at, steps.get(steps.size() - 1), value, path);
    return root;
  }

  private static JsonNode child(JsonNode at, Object step, String path) throws StateFailure {
    if (step instanceof String name && at instanceof ObjectNode object) {
      JsonNode child = object.get(name);
      return child == null || child.isNull() ? object.putObject(name) : child;
    }
    if (step instanceof Integer index && at instanceof ArrayNode array && array.has(index)) {
      return array.get(index);
    }
    throw mismatch(path, at);
  }

  private static void put(JsonNode at, Object step, JsonNode value, String path)
      throws StateFailure {
    if (step instanceof String name && at instanceof ObjectNode object) {
      object.set(name, value);
    } else if (step instanceof Integer index && at instanceof ArrayNode array && array.has(index)) {
      array.set(index, value);
    } else {
      throw mismatch(path, at);
    }
  }

  private static StateFailure mismatch(String path, JsonNode at) {
    return new StateFailure(
        "States.ResultPathMatchFailure",
        "Unable to apply ResultPath '%s': there is '%s' on its way".formatted(path, at));
  }

  private static JsonPath compiled(String path) {
    if (!path.startsWith("$")) {
      throw new InvalidPathException(path);
    }
    return JsonPath.compile(path.startsWith("$$") ? path.substring(1) : path);
  }

  private static List<Object> steps(String path) {
    if (!path.startsWith("$")) {
      return null;
    }
    List<Object> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(path).region(1, path.length());
    int end = 1;
    while (matcher.lookingAt()) {
      steps.add(step(matcher));
      end = matcher.end();
      matcher.region(end, path.length());
    }
    return end == path.length() ? steps : null;
  }

  private static Object step(Matcher matcher) {
    if (matcher.group(3) != null) {
      return Integer.valueOf(matcher.group(3));
    }
    String quoted = matcher.group(2);
    return quoted == null ? matcher.group(1) : quoted.replaceAll("\\\\(.)", "$1");
  }
}
