package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks a whole definition before it runs. */
final class DefinitionCheck {
  private final JsonNode root;
  private final Map<String, State> states;
  private final List<String> problems = new ArrayList<>();

  DefinitionCheck(JsonNode root) {
    this.root = root;
    this.states = Definition.states(root);
  }

  List<String> problems() {
    machine();
    states.values().forEach(this::state);
    if (problems.isEmpty()) {
      problems.addAll(new TransitionCheck(root.get("StartAt").textValue(), states).problems());
    }
    return problems;
  }

  private void machine() {
    Fields fields = new Fields("", root, problems);
    fields.only(StateFields.MACHINE);
    fields.text("StartAt", true);
    fields.text("Comment", false);
    fields.wholeNumber("TimeoutSeconds", 1, Fields.MAX_SECONDS);
    fields.oneOf("Version", Set.of("1.0"));
    fields.oneOf("QueryLanguage", Set.of("JSONPath"));
    if (!root.path("States").isObject() || states.isEmpty()) {
      fields.problem("States", "must hold at least one state");
    }
  }

  private void state(State state) {
    Fields fields = new Fields(state.name(), state.fields(), problems);
    if (state.name().isEmpty() || state.name().length() > 80) {
      fields.problem("", "has a name that is not 1 to 80 characters long");
    }
    String type = state.fields().path("Type").asText();
    Set<String> known = StateFields.BY_TYPE.get(type);
    if (known == null) {
      fields.problem("Type", "is not emulated: " + type);
      return;
    }
    fields.only(known);
    common(fields);
    switch (type) {
      case "Task" -> TaskCheck.check(fields, state);
      case "Choice" -> ChoiceCheck.check(fields, state);
      case "Wait" -> waits(fields, state);
      case "Pass" -> passes(fields, state);
      case "Fail" -> fails(fields, state);
      default -> {}
    }
  }

  private static void common(Fields fields) {
    fields.text("Comment", false);
    fields.oneOf("QueryLanguage", Set.of("JSONPath"));
    fields.path("InputPath");
    fields.path("OutputPath");
    fields.referencePath("ResultPath");
  }

  private static void passes(Fields fields, State state) {
    fields.nextOrEnd();
    if (state.has("Parameters")) {
      PayloadTemplate.check(state.get("Parameters"), "Parameters", fields::problem);
    }
  }

  private static void waits(Fields fields, State state) {
    fields.nextOrEnd();
    fields.exactlyOne(List.of("Seconds", "SecondsPath", "Timestamp", "TimestampPath"));
    fields.wholeNumber("Seconds", 0, Fields.MAX_SECONDS);
    fields.path("SecondsPath");
    fields.path("TimestampPath");
    if (state.has("Timestamp") && WaitTime.timestamp(state.get("Timestamp")).isEmpty()) {
      fields.problem("Timestamp", "must be an RFC 3339 timestamp");
    }
  }

  private static void fails(Fields fields, State state) {
    for (String field : List.of("Error", "Cause")) {
      fields.text(field, false);
      if (state.has(field + "Path")) {
        fields.atMostOne(List.of(field, field + "Path"));
        PayloadTemplate.checkExpression(state.get(field + "Path"), field + "Path", fields::problem);
      }
    }
  }

  /** The fields of one object, and what is wrong with them. */
  static final class Fields {
    static final long MAX_SECONDS = 99_999_999;

    private final String state;
    private final JsonNode node;
    private final List<String> problems;
    private final String prefix;

    Fields(String state, JsonNode node, List<String> problems) {
      this(state, node, problems, "");
    }

    private Fields(String state, JsonNode node, List<String> problems, String prefix) {
      this.state = state;
      this.node = node;
      this.problems = problems;
      this.prefix = prefix;
    }

    Fields within(String field, JsonNode inner) {
      return new Fields(state, inner, problems, prefix + field + ".");
    }

    JsonNode node() {
      return node;
    }

    void problem(String field, String what) {
      String where = state.isEmpty() ? "/" : "/States/" + state + "/";
      problems.add(where + prefix + field + " " + what);
    }

    void only(Set<String> known) {
      StateJson.names(node).stream()
          .filter(name -> !known.contains(name))
          .forEach(name -> problem(name, "is not supported here"));
    }

    void text(String field, boolean required) {
      if (node.has(field) ? !node.get(field).isTextual() : required) {
        problem(field, "must be a string");
      }
    }

    void oneOf(String field, Collection<String> values) {
      if (node.has(field) && !values.contains(node.get(field).asText())) {
        problem(field, "must be one of " + values + ", found " + node.get(field));
      }
    }

    void wholeNumber(String field, long least, long most) {
      JsonNode value = node.get(field);
      if (value != null
          && (!value.isIntegralNumber() || value.longValue() < least || value.longValue() > most)) {
        problem(
            field, "must be a whole number from %d to %d, found %s".formatted(least, most, value));
      }
    }

    void path(String field) {
      JsonNode value = node.get(field);
      if (value != null && value.isTextual()) {
        JsonPaths.problem(value.textValue()).ifPresent(problem -> problem(field, problem));
      } else if (value != null && !(value.isNull() && nullable(field))) {
        problem(field, "must be a path, found " + value);
      }
    }

    void referencePath(String field) {
      JsonNode value = node.get(field);
      if (value != null && value.isTextual()) {
        JsonPaths.referenceProblem(value.textValue()).ifPresent(problem -> problem(field, problem));
      } else if (value != null && !value.isNull()) {
        problem(field, "must be a reference path or null, found " + value);
      }
    }

    void exactlyOne(List<String> fields) {
      if (count(fields) != 1) {
        problem("", "must have exactly one of " + fields);
      }
    }

    void atMostOne(List<String> fields) {
      if (count(fields) > 1) {
        problem("", "must not have more than one of " + fields);
      }
    }

    void nextOrEnd() {
      exactlyOne(List.of("Next", "End"));
      text("Next", false);
      if (node.has("End")
          && !node.get("End").equals(StateJson.MAPPER.getNodeFactory().booleanNode(true))) {
        problem("End", "must be true, or not be there");
      }
    }

    private long count(List<String> fields) {
      return fields.stream().filter(node::has).count();
    }

    private static boolean nullable(String field) {
      return field.equals("InputPath") || field.equals("OutputPath");
    }
  }
}
