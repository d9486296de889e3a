package io.crossfade.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.localaws.states.ExecutionListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** When each state of each execution was entered and left, by the machine's own clock. */
final class StateTimes implements ExecutionListener {
  private static final Path DEFINITION = Path.of("statemachine", "release.asl.json");

  private final Set<String> waits;
  private final List<Stay> stays = new ArrayList<>();
  private final Map<String, Stay> open = new HashMap<>();
  private long largestDocument;

  /**
   * One stay in a state.
   *
   * @param to of {@link System#nanoTime()}; {@link Long#MAX_VALUE} while it lasts
   */
  record Stay(String execution, String state, long from, long to) {
    /** How much of a span of time was spent here. */
    long within(long begin, long end) {
      return Math.max(0, Math.min(to, end) - Math.max(from, begin));
    }
  }

  /**
   * @param waits the names of the states that only wait
   */
  StateTimes(Set<String> waits) {
    this.waits = Set.copyOf(waits);
  }

  static StateTimes ofReleases() throws IOException {
    JsonNode states = new ObjectMapper().readTree(DEFINITION.toFile()).path("States");
    return new StateTimes(
        states.properties().stream()
            .filter(state -> state.getValue().path("Type").asText().equals("Wait"))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet()));
  }

  @Override
  public void stateEntered(String execution, String state, JsonNode input, Instant at) {
    long size = input.toString().getBytes(StandardCharsets.UTF_8).length;
    enter(execution, state, System.nanoTime(), size);
  }

  synchronized void enter(String execution, String state, long now, long documentBytes) {
    leave(execution, now);
    open.put(execution, new Stay(execution, state, now, Long.MAX_VALUE));
    largestDocument = Math.max(largestDocument, documentBytes);
  }

  @Override
  public void stateExited(String execution, String state, JsonNode output, Instant at) {
    leave(execution, System.nanoTime());
  }

  @Override
  public void executionEnded(String execution, String status, Instant at) {
    leave(execution, System.nanoTime());
  }

  synchronized void leave(String execution, long now) {
    Stay stay = open.remove(execution);
    if (stay != null) {
      stays.add(new Stay(execution, stay.state(), stay.from(), now));
    }
  }

  /** How long one of the executions or another only waited, in nanoseconds of a span of time. */
  synchronized long waited(long begin, long end) {
    List<Stay> all = new ArrayList<>(stays);
    all.addAll(open.values());
    return all.stream()
        .filter(stay -> waits.contains(stay.state()))
        .mapToLong(stay -> stay.within(begin, end))
        .sum();
  }

  /** When a state was entered for the last time, in whatever execution. */
  synchronized OptionalLong lastEntered(String state) {
    List<Stay> all = new ArrayList<>(stays);
    all.addAll(open.values());
    return all.stream().filter(stay -> stay.state().equals(state)).mapToLong(Stay::from).max();
  }

  /** When a state was left for the last time, in whatever execution. */
  synchronized OptionalLong lastLeft(String state) {
    return stays.stream().filter(stay -> stay.state().equals(state)).mapToLong(Stay::to).max();
  }

  /** The size of the largest document that a state was given, in bytes of UTF-8. */
  synchronized long largestDocument() {
    return largestDocument;
  }
}
