package io.crossfade.localaws.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with blocks, in Slack's words and with the place as a JSON pointer. */
final class BlockProblems {
  private final List<String> found = new ArrayList<>();

  List<String> found() {
    return List.copyOf(found);
  }

  void add(String pointer, String what) {
    found.add("[ERROR] " + what + " [json-pointer:" + pointer + "]");
  }

  void only(String pointer, JsonNode node, Set<String> known) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                add(pointer + "/" + name, "no more than the documented fields allowed: " + name);
              }
            });
  }

  /** A text with a length in bounds; where it is missing, that is a problem if it is required. */
  void text(String pointer, JsonNode node, String field, int most, boolean required) {
    JsonNode value = node.path(field);
    if (value.isMissingNode()) {
      if (required) {
        add(pointer, "missing required field: " + field);
      }
    } else if (!value.isTextual()) {
      add(pointer + "/" + field, "must be a string");
    } else if (value.textValue().isEmpty()) {
      add(pointer + "/" + field, "must be more than 0 characters");
    } else if (value.textValue().length() > most) {
      add(pointer + "/" + field, "must be less than " + (most + 1) + " characters");
    }
  }

  void oneOf(String pointer, JsonNode node, String field, List<String> allowed) {
    JsonNode value = node.path(field);
    if (!value.isMissingNode() && !allowed.contains(value.asText())) {
      add(pointer + "/" + field, "must be one of " + allowed);
    }
  }

  void flag(String pointer, JsonNode node, String field) {
    if (node.has(field) && !node.get(field).isBoolean()) {
      add(pointer + "/" + field, "must be a boolean");
    }
  }

  /** False if there is no list with one to {@code most} items. */
  boolean items(String pointer, JsonNode node, String field, int most) {
    JsonNode items = node.path(field);
    if (!items.isArray()) {
      add(pointer, "missing required field: " + field);
    } else if (items.isEmpty()) {
      add(pointer + "/" + field, "no less than 1 items required");
    } else if (items.size() > most) {
      add(pointer + "/" + field, "no more than " + most + " items allowed");
    }
    return items.isArray();
  }

  /** The field must differ between all of the nodes that have it. */
  void unique(String pointer, Iterable<JsonNode> nodes, String field) {
    Set<String> seen = new HashSet<>();
    for (JsonNode node : nodes) {
      if (node.has(field) && !seen.add(node.get(field).asText())) {
        add(pointer, field + " already exists: " + node.get(field).asText());
      }
    }
  }
}
