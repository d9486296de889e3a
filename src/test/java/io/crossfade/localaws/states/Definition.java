package io.crossfade.localaws.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A state machine's definition, read strictly: a field or a type that this engine does not run is
 * an error that names it, not something to skip.
 */
public final class Definition {
  private static final Set<String> MACHINE =
      Set.of("Comment", "StartAt", "States", "TimeoutSeconds", "Version", "QueryLanguage");

  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "Task",
          Set.of(
              "Type",
              "Comment",
              "Resource",
              "Parameters",
              "InputPath",
              "OutputPath",
              "ResultSelector",
              "ResultPath",
              "TimeoutSeconds",
              "TimeoutSecondsPath",
              "HeartbeatSeconds",
              "Retry",
              "Catch",
              "Next",
              "End"),
          "Choice",
          Set.of("Type", "Comment", "Choices", "Default", "InputPath", "OutputPath"),
          "Wait",
          Set.of(
              "Type",
              "Comment",
              "Seconds",
              "SecondsPath",
              "Timestamp",
              "TimestampPath",
              "InputPath",
              "OutputPath",
              "Next",
              "End"),
          "Pass",
          Set.of(
              "Type",
              "Comment",
              "Result",
              "Parameters",
              "InputPath",
              "OutputPath",
              "ResultPath",
              "Next",
              "End"),
          "Succeed",
          Set.of("Type", "Comment", "InputPath", "OutputPath"),
          "Fail",
          Set.of("Type", "Comment", "Error", "Cause", "ErrorPath", "CausePath"));

  static final String INVOKE = "arn:aws:states:::lambda:invoke";
  static final String INVOKE_AND_WAIT = INVOKE + ".waitForTaskToken";

  private final JsonNode json;
  private final List<String> problems = new ArrayList<>();

  private Definition(JsonNode json) {
    this.json = json;
  }

  /**
   * @throws IllegalArgumentException with every problem found
   */
  public static Definition parse(String text) {
    Definition definition;
    try {
      definition = new Definition(new ObjectMapper().readTree(text));
    } catch (JsonProcessingException notJson) {
      throw new IllegalArgumentException("the definition is not JSON: " + notJson.getMessage());
    }
    definition.check();
    if (!definition.problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", definition.problems));
    }
    return definition;
  }

  String startAt() {
    return json.get("StartAt").asText();
  }

  JsonNode state(String name) {
    return json.get("States").get(name);
  }

  /** 0 for none. */
  int timeoutSeconds() {
    return json.path("TimeoutSeconds").asInt(0);
  }

  public Set<String> stateNames() {
    Set<String> names = new LinkedHashSet<>();
    json.get("States").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private void check() {
    onlyKnown("the state machine", json, MACHINE);
    if (!json.path("StartAt").isTextual() || !json.path("States").isObject()) {
      problems.add("StartAt and States are needed");
      return;
    }
    if (!json.path("QueryLanguage").asText("JSONPath").equals("JSONPath")) {
      problems.add("not emulated: the query language " + json.get("QueryLanguage"));
    }
    json.get("States").properties().forEach(state -> check(state.getKey(), state.getValue()));
    if (problems.isEmpty()) {
      walk();
    }
  }

  private void check(String name, JsonNode state) {
    String type = state.path("Type").asText();
    Set<String> known = FIELDS.get(type);
    if (known == null) {
      problems.add("%s: not emulated: a state of type \"%s\"".formatted(name, type));
      return;
    }
    onlyKnown(name, state, known);
    if (type.equals("Task")) {
      checkTask(name, state);
    }
    boolean moves = known.contains("Next");
    if (moves && state.has("Next") == state.path("End").asBoolean(false)) {
      problems.add(name + ": exactly one of Next and End is needed");
    }
    checkPaths(name, state);
    if (type.equals("Choice")) {
      state.path("Choices").forEach(choice -> checkChoice(name, choice));
    }
  }

  private void checkTask(String name, JsonNode state) {
    String resource = state.path("Resource").asText();
    if (!resource.equals(INVOKE) && !resource.equals(INVOKE_AND_WAIT)) {
      problems.add("%s: not emulated: the resource %s".formatted(name, resource));
    }
    if (!state.path("Parameters").has("FunctionName")
        && !state.path("Parameters").has("FunctionName.$")) {
      problems.add(name + ": Parameters.FunctionName is needed");
    }
    state
        .path("Retry")
        .forEach(
            retrier ->
                onlyKnown(
                    name + ".Retry",
                    retrier,
                    Set.of(
                        "ErrorEquals",
                        "IntervalSeconds",
                        "MaxAttempts",
                        "BackoffRate",
                        "MaxDelaySeconds",
                        "JitterStrategy",
                        "Comment")));
    state
        .path("Catch")
        .forEach(
            catcher ->
                onlyKnown(
                    name + ".Catch",
                    catcher,
                    Set.of("ErrorEquals", "ResultPath", "Next", "Comment")));
  }

  private void checkChoice(String name, JsonNode choice) {
    Set<String> known = new TreeSet<>(Set.of("Variable", "Next", "And", "Or", "Not", "Comment"));
    ChoiceRule.OPERATORS.forEach(
        operator -> {
          known.add(operator);
          known.add(operator + "Path");
        });
    onlyKnown(name + ".Choices", choice, known);
  }

  private void checkPaths(String where, JsonNode node) {
    node.properties()
        .forEach(
            field -> {
              boolean path = field.getKey().endsWith(".$");
              if (path && !field.getValue().asText().startsWith("$")) {
                problems.add(
                    "%s: not emulated: the intrinsic function %s"
                        .formatted(where, field.getValue().asText()));
              }
              checkPaths(where, field.getValue());
            });
  }

  private void onlyKnown(String where, JsonNode node, Set<String> known) {
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!known.contains(field)) {
                problems.add("%s: unknown or not emulated: the field %s".formatted(where, field));
              }
            });
  }

  /** Every Next exists, every state is reached, and from every state an end can be reached. */
  private void walk() {
    Map<String, Set<String>> nexts = new TreeMap<>();
    stateNames().forEach(name -> nexts.put(name, nexts(state(name))));
    nexts.forEach(
        (name, all) ->
            all.stream()
                .filter(next -> !nexts.containsKey(next))
                .forEach(next -> problems.add("%s: there is no state %s".formatted(name, next))));
    if (!nexts.containsKey(startAt())) {
      problems.add("StartAt: there is no state " + startAt());
    }
    if (!problems.isEmpty()) {
      return;
    }
    Set<String> reached = reach(startAt(), nexts);
    for (String name : nexts.keySet()) {
      if (!reached.contains(name)) {
        problems.add(name + ": cannot be reached");
      } else if (reach(name, nexts).stream().noneMatch(this::ends)) {
        problems.add(name + ": reaches no end");
      }
    }
  }

  private boolean ends(String name) {
    JsonNode state = state(name);
    String type = state.get("Type").asText();
    return type.equals("Succeed") || type.equals("Fail") || state.path("End").asBoolean(false);
  }

  private static Set<String> nexts(JsonNode state) {
    Set<String> nexts = new TreeSet<>();
    add(nexts, state.path("Next"));
    add(nexts, state.path("Default"));
    state.path("Choices").forEach(choice -> add(nexts, choice.path("Next")));
    state.path("Catch").forEach(catcher -> add(nexts, catcher.path("Next")));
    return nexts;
  }

  private static void add(Set<String> names, JsonNode next) {
    if (next.isTextual()) {
      names.add(next.asText());
    }
  }

  private static Set<String> reach(String from, Map<String, Set<String>> nexts) {
    Set<String> reached = new TreeSet<>(Set.of(from));
    Deque<String> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      for (String next : nexts.get(open.pop())) {
        if (reached.add(next)) {
          open.push(next);
        }
      }
    }
    return reached;
  }
}
