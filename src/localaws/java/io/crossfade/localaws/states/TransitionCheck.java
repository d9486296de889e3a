package io.crossfade.localaws.states;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Walks a definition: every target exists, every state is reached and reaches an end. */
final class TransitionCheck {
  private final String startAt;
  private final Map<String, State> states;
  private final List<String> problems = new ArrayList<>();

  TransitionCheck(String startAt, Map<String, State> states) {
    this.startAt = startAt;
    this.states = states;
  }

  List<String> problems() {
    if (!states.containsKey(startAt)) {
      problems.add("/StartAt names no state: " + startAt);
    }
    states.values().forEach(this::targets);
    if (problems.isEmpty()) {
      Set<String> reached = from(startAt);
      states.values().forEach(state -> reach(state, reached));
    }
    return problems;
  }

  private void targets(State state) {
    for (String next : state.successors()) {
      if (!states.containsKey(next)) {
        problems.add("/States/%s/Next names no state: %s".formatted(state.name(), next));
      }
    }
  }

  private void reach(State state, Set<String> reached) {
    if (!reached.contains(state.name())) {
      problems.add("/States/%s is never reached".formatted(state.name()));
    }
    if (from(state.name()).stream().noneMatch(name -> states.get(name).ends())) {
      problems.add("/States/%s never reaches an end".formatted(state.name()));
    }
  }

  private Set<String> from(String start) {
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      String name = open.pop();
      if (seen.add(name)) {
        open.addAll(states.get(name).successors());
      }
    }
    return seen;
  }
}
