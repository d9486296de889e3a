package io.crossfade.localaws.states;

/** An error inside a state: {@code Error} and {@code Cause} of the States Language. */
class StateError extends Exception {
  private static final long serialVersionUID = 1L;

  private final String error;

  StateError(String error, String cause) {
    super(cause == null ? "" : cause);
    this.error = error;
  }

  static StateError runtime(String cause) {
    return new StateError("States.Runtime", cause);
  }

  String error() {
    return error;
  }

  String cause() {
    return getMessage();
  }

  /**
   * Whether a Retry or Catch that names {@code pattern} applies. {@code States.ALL} catches neither
   * States.Runtime nor States.DataLimitExceeded (Step Functions guide, error handling).
   */
  boolean is(String pattern) {
    if (pattern.equals("States.ALL")) {
      return !error.equals("States.Runtime") && !error.equals("States.DataLimitExceeded");
    }
    if (pattern.equals("States.TaskFailed")) {
      return !error.equals("States.Timeout") && !error.startsWith("States.Runtime");
    }
    return pattern.equals(error);
  }
}
