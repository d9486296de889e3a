package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A state failed: the error name and cause that retriers and catchers look at. */
final class StateFailure extends Exception {
  static final String RUNTIME = "States.Runtime";
  static final String DATA_LIMIT = "States.DataLimitExceeded";
  static final String TIMEOUT = "States.Timeout";
  private static final int MAX_ERROR = 256;
  private static final int MAX_CAUSE = 32_768;

  private final String error;

  StateFailure(String error, String cause) {
    super(limited(cause, MAX_CAUSE));
    this.error = limited(error, MAX_ERROR);
  }

  static StateFailure runtime(String cause) {
    return new StateFailure(RUNTIME, cause);
  }

  String error() {
    return error;
  }

  String cause() {
    return getMessage();
  }

  /** What a catcher's path receives. */
  ObjectNode output() {
    ObjectNode output = StateJson.object();
    if (error != null) {
      output.put("Error", error);
    }
    if (cause() != null) {
      output.put("Cause", cause());
    }
    return output;
  }

  /**
   * Whether a retrier's or catcher's name stands for this error. States.ALL stands for neither of
   * the two terminal errors, and nothing stands for States.Runtime, not even its own name.
   */
  boolean matches(String name) {
    if (RUNTIME.equals(error)) {
      return false;
    }
    return switch (name) {
      case "States.ALL" -> !DATA_LIMIT.equals(error);
      case "States.TaskFailed" -> !DATA_LIMIT.equals(error) && !TIMEOUT.equals(error);
      default -> name.equals(error);
    };
  }

  private static String limited(String text, int most) {
    return text == null || text.length() <= most ? text : text.substring(0, most);
  }
}
