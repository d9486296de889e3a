package io.crossfade.approval;

import java.util.Map;

/**
 * A function's answer to an HTTP API. It never has a body, so that a wrong request learns nothing.
 */
public record HttpResponse(int statusCode, Map<String, String> headers, String body) {
  static final HttpResponse OK = of(200);
  static final HttpResponse MALFORMED = of(400);
  static final HttpResponse UNAUTHORIZED = of(401);
  static final HttpResponse TOO_LARGE = of(413);
  static final HttpResponse UNAVAILABLE = of(503);

  private static HttpResponse of(int statusCode) {
    return new HttpResponse(statusCode, Map.of("Cache-Control", "no-store"), "");
  }
}
