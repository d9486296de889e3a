package io.crossfade.localaws.states;

/** A function's failure as a state machine sees it. */
public class FunctionError extends Exception {
  private static final long serialVersionUID = 1L;

  private final String errorType;

  /**
   * @param errorType what {@code ErrorEquals} is compared with
   * @param cause the JSON text with errorMessage, errorType and stackTrace, or a sentence
   */
  public FunctionError(String errorType, String cause) {
    super(cause);
    this.errorType = errorType;
  }

  public String errorType() {
    return errorType;
  }
}
