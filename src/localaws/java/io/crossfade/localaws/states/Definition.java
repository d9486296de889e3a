package io.crossfade.localaws.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A state machine's definition that was checked and found good. */
public final class Definition {
  private final JsonNode root;
  private final Map<String, State> states;

  private Definition(JsonNode root) {
    this.root = root;
    this.states = states(root);
  }

  /**
   * @throws InvalidDefinition naming every problem, by state and field
   */
  public static Definition parse(String text) {
    JsonNode root = json(text);
    List<String> problems = new DefinitionCheck(root).problems();
    if (!problems.isEmpty()) {
      throw new InvalidDefinition(problems);
    }
    return new Definition(root);
  }

  String startAt() {
    return root.get("StartAt").textValue();
  }

  State state(String name) {
    return states.get(name);
  }

  /** How long an execution may take; empty if it is not said. */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(root.get("TimeoutSeconds"))
        .map(seconds -> Duration.ofSeconds(seconds.longValue()));
  }

  static Map<String, State> states(JsonNode root) {
    Map<String, State> states = new LinkedHashMap<>();
    root.path("States")
        .properties()
        .forEach(field -> states.put(field.getKey(), new State(field.getKey(), field.getValue())));
    return states;
  }

  private static JsonNode json(String text) {
    try {
      return StateJson.parse(text);
    } catch (JsonProcessingException e) {
      throw new InvalidDefinition(List.of("not JSON: " + e.getOriginalMessage()));
    }
  }

  /** A definition that Step Functions, or this engine, would not take. */
  public static final class InvalidDefinition extends RuntimeException {
    private final List<String> problems;

    InvalidDefinition(List<String> problems) {
      super(String.join("; ", problems));
      this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
      return problems;
    }
  }
}
