package io.crossfade.approval;

import java.util.Map;

/** A function's answer to an HTTP API. It never has a body: whoever asks wrongly learns nothing. */
public record HttpAnswer(int statusCode, Map<String, String> headers, String body) {
  static final HttpAnswer OK = of(200);
  static final HttpAnswer MALFORMED = of(400);
  static final HttpAnswer UNAUTHORIZED = of(401);
  static final HttpAnswer TOO_LARGE = of(413);

  private static HttpAnswer of(int statusCode) {
    return new HttpAnswer(statusCode, Map.of("Cache-Control", "no-store"), "");
  }
}
