package io.crossfade.release;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a Catch of the state machine leaves in a document. For a failed function the {@code
 * Cause} is a JSON text with {@code errorMessage} in it; for a timeout it is a sentence or nothing.
 */
public final class CaughtError {
  private static final Pattern MESSAGE =
      Pattern.compile("\"errorMessage\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** What the state machine says where only the error knows more. */
  public static final String UNTOLD = "see the error";

  /** What a waiting task fails with when a person says no. */
  public static final String REJECTED = "ApprovalRejected";

  /** What Step Functions fails a task with that nobody answered. */
  public static final String TIMEOUT = "States.Timeout";

  private CaughtError() {}

  public static String sentence(Map<String, String> error) {
    return sentence(error.get("Error"), error.get("Cause"));
  }

  public static String sentence(String error, String cause) {
    if (cause == null || cause.isBlank()) {
      return error == null ? "failed for an unknown reason" : "failed with " + error;
    }
    Matcher message = MESSAGE.matcher(cause);
    return message.find() ? unescape(message.group(1)) : cause;
  }

  private static String unescape(String json) {
    return json.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
  }
}
