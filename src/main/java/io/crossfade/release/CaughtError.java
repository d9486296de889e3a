package io.crossfade.release;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a Catch of the state machine leaves in a document. For a failed function the {@code
 * Cause} is a JSON text with {@code errorMessage} in it; for a timeout it is a sentence or nothing.
 */
public final class CaughtError {
  /** Possessive: a cause may have 32,768 characters, and going back takes the stack for each. */
  private static final Pattern MESSAGE =
      Pattern.compile("\"errorMessage\"\\s*:\\s*\"((?:[^\"\\\\]++|\\\\.)*+)(?:\"|\\\\?$)");

  private static final Pattern TYPE = Pattern.compile("\"errorType\"\\s*:\\s*\"([^\"\\\\]++)\"");

  private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-fA-F]{4}|[^u])");

  /** What a waiting task fails with when a person says no. */
  public static final String REJECTED = "ApprovalRejected";

  /** The error of a task that was not answered in time. */
  public static final String TIMEOUT = "States.Timeout";

  private CaughtError() {}

  public static String sentence(Map<String, String> error) {
    return sentence(error.get("Error"), error.get("Cause"));
  }

  /** An error without a message tells its type, and never a trace. */
  public static String sentence(String error, String cause) {
    if (cause == null || cause.isBlank()) {
      return failed(error);
    }
    Matcher message = MESSAGE.matcher(cause);
    if (message.find() && !message.group(1).isBlank()) {
      return unescape(message.group(1));
    }
    Matcher type = TYPE.matcher(cause);
    if (type.find()) {
      return failed(type.group(1));
    }
    return cause.stripLeading().startsWith("{") ? failed(error) : cause;
  }

  private static String failed(String error) {
    return error == null ? "failed for an unknown reason" : "failed with " + error;
  }

  private static String unescape(String json) {
    return ESCAPE
        .matcher(json)
        .replaceAll(escape -> Matcher.quoteReplacement(character(escape.group(1))));
  }

  private static String character(String escaped) {
    return switch (escaped.charAt(0)) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      case 'b' -> "\b";
      case 'f' -> "\f";
      case 'u' -> Character.toString(Integer.parseInt(escaped.substring(1), 16));
      default -> escaped;
    };
  }
}
