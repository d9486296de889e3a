package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;

/** Runs a function and waits for its answer, in real time. */
@FunctionalInterface
public interface FunctionInvoker {
  /**
   * @param functionNameOrArn a name, an ARN, or either with a {@code :$LATEST} behind it
   * @throws FunctionError if the function, or what hosts it, fails
   */
  JsonNode invoke(String functionNameOrArn, JsonNode payload) throws FunctionError;
}
