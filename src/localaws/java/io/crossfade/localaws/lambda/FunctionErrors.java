package io.crossfade.localaws.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.localaws.states.FunctionError;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Errors as Lambda words them. */
final class FunctionErrors {
  static final ObjectMapper JSON = new ObjectMapper();

  private FunctionErrors() {}

  /**
   * A function's answer.
   *
   * @throws FunctionError if it is not JSON
   */
  static JsonNode json(String answer) throws FunctionError {
    try {
      return answer.isEmpty() ? JSON.nullNode() : JSON.readTree(answer);
    } catch (JsonProcessingException e) {
      throw new FunctionError(
          "Runtime.InvalidResponse", "the function's answer is not JSON: " + answer, null);
    }
  }

  /** What the function itself reported. */
  static FunctionError reported(String document) {
    try {
      JsonNode error = JSON.readTree(document);
      return new FunctionError(
          error.path("errorType").asText(null), error.path("errorMessage").asText(null), document);
    } catch (JsonProcessingException e) {
      return new FunctionError(null, document, document);
    }
  }

  static FunctionError timedOut(String id, Duration timeout) {
    return sandbox(
        "Sandbox.Timedout",
        id,
        String.format(
            Locale.ROOT, "Task timed out after %.2f seconds", timeout.toMillis() / 1000.0));
  }

  /**
   * A process that a signal ended has 128 and the signal's number as its exit code.
   *
   * @param lines that it wrote last; Lambda does not tell them, but here nobody looks for a log. A
   *     process that was killed has nothing to say about it.
   */
  static FunctionError exited(String id, int code, List<String> lines) {
    boolean killed = code == 137;
    String how = killed ? "signal: killed" : "exit status " + code;
    String said = killed || lines.isEmpty() ? "" : ". It wrote: " + String.join("\n", lines);
    return sandbox("Runtime.ExitError", id, "Runtime exited with error: " + how + said);
  }

  static FunctionError sandbox(String type, String id, String what) {
    String message = "RequestId: " + id + " Error: " + what;
    String document =
        JSON.createObjectNode().put("errorType", type).put("errorMessage", message).toString();
    return new FunctionError(type, message, document);
  }

  /** Lambda's own trouble, not the function's. */
  static FunctionError service(String type, String message) {
    return new FunctionError("Lambda." + type, message, null);
  }
}
