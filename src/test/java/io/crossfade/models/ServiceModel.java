package io.crossfade.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * One service's model: the {@code service-2.json} of botocore.
 *
 * @param root of the file
 */
record ServiceModel(JsonNode root) {
  private static final JsonNode NOTHING =
      JsonNodeFactory.instance.objectNode().put("type", "structure");

  String metadata(String name) {
    return root.path("metadata").path(name).asText();
  }

  /** What requests to it are signed for. */
  String signingName() {
    String name = metadata("signingName");
    return name.isEmpty() ? metadata("endpointPrefix") : name;
  }

  Optional<JsonNode> operation(String name) {
    return Optional.ofNullable(root.path("operations").get(name));
  }

  Iterable<JsonNode> operations() {
    return root.path("operations");
  }

  /**
   * @throws IllegalArgumentException if the model refers to a shape that it does not hold
   */
  JsonNode shape(String name) {
    JsonNode shape = root.path("shapes").get(name);
    if (shape == null) {
      throw new IllegalArgumentException("no shape " + name + " in " + signingName());
    }
    return shape;
  }

  /** The shape that a member, an element, a key or a value refers to. */
  JsonNode target(JsonNode reference) {
    return shape(reference.path("shape").asText());
  }

  /** The shape of an operation's input or output; one without members where it has none. */
  JsonNode shapeOf(JsonNode operation, String direction) {
    JsonNode reference = operation.path(direction);
    return reference.isMissingNode() ? NOTHING : target(reference);
  }

  static boolean holds(JsonNode list, String text) {
    return StreamSupport.stream(list.spliterator(), false)
        .anyMatch(one -> one.asText().equals(text));
  }
}
