package io.crossfade.localaws.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.states.ExecutionListener;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Knows the present state of each execution. */
final class ExecutionStates implements ExecutionListener {
  private final Map<String, String> states = new ConcurrentHashMap<>();

  @Override
  public void stateEntered(String executionArn, String state, JsonNode input, Instant at) {
    states.put(executionArn, state);
  }

  @Override
  public void executionEnded(String executionArn, String status, Instant at) {
    states.remove(executionArn);
  }

  /** The state of the only execution; null if there is not exactly one. */
  String state() {
    Object[] all = states.values().toArray();
    return all.length == 1 ? (String) all[0] : null;
  }
}
