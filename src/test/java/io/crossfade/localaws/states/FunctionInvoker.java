package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;

/** Runs a function and waits for its answer. */
public interface FunctionInvoker {
  /**
   * @param function name or ARN
   * @throws FunctionError if the function failed or could not be run
   */
  JsonNode invoke(String function, JsonNode payload) throws FunctionError;
}
