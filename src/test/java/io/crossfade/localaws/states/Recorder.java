package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/** Writes down what a listener hears. */
record Recorder(List<String> heard) implements ExecutionListener {
  @Override
  public void stateEntered(String executionArn, String state, JsonNode input, Instant at) {
    heard.add("entered " + state);
  }

  @Override
  public void stateExited(String executionArn, String state, JsonNode output, Instant at) {
    heard.add("exited " + state);
  }

  @Override
  public void executionEnded(String executionArn, String status, Instant at) {
    heard.add("ended " + status);
  }
}
