package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * Watches executions. All calls for one execution come in order from that execution's own thread; a
 * slow listener slows the execution down. Times are world times.
 */
public interface ExecutionListener {
  default void executionStarted(String executionArn, Instant at) {}

  default void stateEntered(String executionArn, String state, JsonNode input, Instant at) {}

  default void stateExited(String executionArn, String state, JsonNode output, Instant at) {}

  /**
   * @param status SUCCEEDED, FAILED, TIMED_OUT or ABORTED
   */
  default void executionEnded(String executionArn, String status, Instant at) {}
}
