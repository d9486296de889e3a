package io.crossfade.command;

/** What became of a command, in a status and a sentence. */
public record CommandResult(Status status, String sentence) {
  /** What became of it, and as which HTTP status. */
  public enum Status {
    /** DONE means that nothing more is to happen. */
    DONE(200),
    /** GIVEN means that the release's next look takes it up, or that an execution does it. */
    GIVEN(202),
    /** MALFORMED means that the request cannot be understood. */
    MALFORMED(400),
    /** NOBODY means that API Gateway has not said who it is. */
    NOBODY(403),
    /** UNKNOWN means that there is no such deployment. */
    UNKNOWN(404),
    /** ILLEGAL means that it means nothing at this stage, or that another one was given. */
    ILLEGAL(409);

    private final int code;

    Status(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  static CommandResult illegal(String command, String problem) {
    return new CommandResult(Status.ILLEGAL, "no %s: %s".formatted(command, problem));
  }

  static CommandResult unknown(String deployment) {
    return new CommandResult(Status.UNKNOWN, "there is no deployment " + deployment);
  }
}
