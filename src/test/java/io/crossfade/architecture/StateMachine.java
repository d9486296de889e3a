package io.crossfade.architecture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The states of {@code statemachine/release.asl.json}, to hold other lists of them against. */
public final class StateMachine {
  private static final JsonNode STATES = read();

  private StateMachine() {}

  private static JsonNode read() {
    try {
      return new ObjectMapper()
          .readTree(Path.of("statemachine", "release.asl.json").toFile())
          .path("States");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  public static JsonNode state(String name) {
    return STATES.path(name);
  }

  public static Set<String> names() {
    Set<String> names = new TreeSet<>();
    STATES.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The states of these types, such as Task or Wait. */
  public static Set<String> ofType(String... types) {
    return names().stream()
        .filter(name -> Arrays.asList(types).contains(state(name).path("Type").asText()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The handler that a task calls: {@code ${ScaleOutFunctionArn}} is {@code scale-out}. */
  public static String handler(String task) {
    String function = state(task).at("/Parameters/FunctionName").asText();
    return function
        .replaceAll("\\$\\{(\\w+)FunctionArn}", "$1")
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  /** The tasks whose handler is one of these. */
  public static Set<String> tasksOf(Set<String> handlers) {
    return ofType("Task").stream()
        .filter(task -> handlers.contains(handler(task)))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
