package io.crossfade.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** How the parts of a shape are called on the wire. */
final class WireNames {
  private WireNames() {}

  /**
   * @param part of a list or a map: member, key or value
   */
  static String of(JsonNode shape, String part, String otherwise) {
    return shape.path(part).path("locationName").asText(otherwise);
  }

  static boolean flattened(JsonNode shape) {
    return shape.path("flattened").asBoolean();
  }

  /** A member by its name on the wire; that name itself where there is none. */
  static String member(JsonNode structure, String wireName) {
    return structure.path("members").properties().stream()
        .filter(
            member ->
                member.getValue().path("locationName").asText(member.getKey()).equals(wireName))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(wireName);
  }
}
