package io.crossfade.rehearsal.page;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A state machine as a person is shown it. A choice is no state of its own: what leads to it leads
 * to where it leads.
 *
 * @param nodes by their names, in the order of the definition
 */
public record StateGraph(Map<String, Node> nodes, Set<Edge> edges) {
  public StateGraph {
    nodes = new LinkedHashMap<>(nodes);
    edges = new LinkedHashSet<>(edges);
  }

  /** A state, or several that are one to a person. */
  public record Node(String name, Kind kind) {
    public Node {
      requireNonNull(name, "name");
      requireNonNull(kind, "kind");
    }
  }

  /** What a state is in the picture. */
  public enum Kind {
    /** START means that every execution begins there. */
    START,
    /** WORK means that something is done or waited for. */
    WORK,
    /** GOOD_END means that the execution succeeds. */
    GOOD_END,
    /** BAD_END means that the execution fails. */
    BAD_END
  }

  /**
   * @param onError whether it is taken only when a state fails
   */
  public record Edge(String from, String to, boolean onError) {}

  /**
   * @param definition in the Amazon States Language
   * @param shown the name under which a state is shown
   */
  public static StateGraph of(JsonNode definition, UnaryOperator<String> shown) {
    JsonNode states = definition.path("States");
    String start = definition.path("StartAt").asText();
    Map<String, Node> nodes = new LinkedHashMap<>();
    Set<Edge> edges = new LinkedHashSet<>();
    Reading reading = new Reading(states, start, shown);
    for (Map.Entry<String, JsonNode> state : states.properties()) {
      if (reading.isTransparent(state.getKey())) {
        continue;
      }
      String name = shown.apply(state.getKey());
      nodes.putIfAbsent(name, new Node(name, kind(state.getValue(), state.getKey().equals(start))));
      reading.targets(state.getValue()).forEach(to -> add(edges, new Edge(name, to, false)));
      reading.caught(state.getValue()).forEach(to -> add(edges, new Edge(name, to, true)));
    }
    return new StateGraph(nodes, edges);
  }

  private static Kind kind(JsonNode state, boolean start) {
    return switch (state.path("Type").asText()) {
      case "Succeed" -> Kind.GOOD_END;
      case "Fail" -> Kind.BAD_END;
      default -> start ? Kind.START : Kind.WORK;
    };
  }

  /** A loop of one is not drawn, and what is an ordinary way already is no way of errors. */
  private static void add(Set<Edge> edges, Edge edge) {
    boolean ordinary = edges.contains(new Edge(edge.from(), edge.to(), false));
    if (edge.from().equals(edge.to()) || (edge.onError() && ordinary)) {
      return;
    }
    edges.remove(new Edge(edge.from(), edge.to(), true));
    edges.add(edge);
  }

  private record Reading(JsonNode states, String start, UnaryOperator<String> shown) {
    boolean isTransparent(String name) {
      return !name.equals(start) && states.path(name).path("Type").asText().equals("Choice");
    }

    Set<String> targets(JsonNode state) {
      List<String> next = new ArrayList<>();
      state.path("Choices").forEach(choice -> next.add(choice.path("Next").asText()));
      next.add(state.path("Default").asText());
      next.add(state.path("Next").asText());
      return shownOf(next);
    }

    Set<String> caught(JsonNode state) {
      List<String> next = new ArrayList<>();
      state.path("Catch").forEach(catcher -> next.add(catcher.path("Next").asText()));
      return shownOf(next);
    }

    private Set<String> shownOf(List<String> names) {
      Set<String> found = new LinkedHashSet<>();
      for (String name : names) {
        if (!name.isEmpty() && isTransparent(name)) {
          found.addAll(targets(states.path(name)));
        } else if (!name.isEmpty()) {
          found.add(shown.apply(name));
        }
      }
      return found;
    }
  }
}
