package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** Is told what executions do, as they do it. */
public interface ExecutionListener {
  default void stateEntered(String executionArn, String state, JsonNode input, Instant at) {}

  default void stateExited(String executionArn, String state, JsonNode output, Instant at) {}

  default void executionEnded(String executionArn, String status, Instant at) {}
}
