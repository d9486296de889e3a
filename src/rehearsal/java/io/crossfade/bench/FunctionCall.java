package io.crossfade.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.states.FunctionError;

/** A call of one function that can be made again and again, and is the same each time. */
interface FunctionCall {
  /** Runs a function on a payload. */
  interface Invoker {
    JsonNode invoke(JsonNode payload) throws FunctionError;
  }

  /** The function, as {@code QUARKUS_LAMBDA_HANDLER} names it. */
  String function();

  /**
   * Sets up what the call finds, makes it, and looks at what came of it.
   *
   * @throws IllegalStateException if the function has not done what it is for
   */
  void make(Invoker invoker) throws FunctionError;
}
