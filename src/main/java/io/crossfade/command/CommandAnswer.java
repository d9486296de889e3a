package io.crossfade.command;

import java.util.Map;

/**
 * A function's answer to an HTTP API.
 *
 * @param body {@code {"message": …}}, in JSON
 */
public record CommandAnswer(int statusCode, Map<String, String> headers, String body) {
  /** What became of a command, before it is put into JSON. */
  public enum Status {
    /** DONE means that nothing more is to happen. */
    DONE(200),
    /** GIVEN means that the release's next look takes it up. */
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
}
