package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** One state of a definition that was found good. */
record State(String name, JsonNode fields) {
  String type() {
    return fields.get("Type").textValue();
  }

  boolean has(String field) {
    return fields.has(field);
  }

  JsonNode get(String field) {
    return fields.get(field);
  }

  String text(String field) {
    return fields.get(field).textValue();
  }

  boolean waitsForToken() {
    return text("Resource").endsWith(".waitForTaskToken");
  }

  /** The names of all the states that may come next. */
  List<String> successors() {
    List<String> names = new ArrayList<>();
    add(names, fields.path("Next"));
    add(names, fields.path("Default"));
    fields.path("Choices").forEach(rule -> add(names, rule.path("Next")));
    fields.path("Catch").forEach(catcher -> add(names, catcher.path("Next")));
    return names;
  }

  boolean ends() {
    return fields.path("End").asBoolean()
        || fields.path("Type").asText().equals("Succeed")
        || fields.path("Type").asText().equals("Fail");
  }

  private static void add(List<String> names, JsonNode name) {
    if (name.isTextual()) {
      names.add(name.textValue());
    }
  }
}
