package io.crossfade.localaws.states;

/** What a function's failure looks like to its caller. */
public final class FunctionError extends Exception {
  private final String errorType;
  private final String causeJson;

  /**
   * @param errorType for a Java function the exception's full class name; null means that the
   *     function gave none
   * @param causeJson the error document as the function returned it; null means that there is none
   */
  public FunctionError(String errorType, String errorMessage, String causeJson) {
    super(errorMessage);
    this.errorType = errorType;
    this.causeJson = causeJson;
  }

  public String errorType() {
    return errorType;
  }

  public String causeJson() {
    return causeJson;
  }
}
