package io.crossfade.http;

import java.util.Map;

/** A function's answer to an HTTP API. Without a body, a wrong request learns nothing. */
public record HttpResponse(int statusCode, Map<String, String> headers, String body) {
  public static final HttpResponse OK = of(200);
  public static final HttpResponse MALFORMED = of(400);
  public static final HttpResponse UNAUTHORIZED = of(401);
  public static final HttpResponse TOO_LARGE = of(413);
  public static final HttpResponse UNAVAILABLE = of(503);

  private static HttpResponse of(int statusCode) {
    return new HttpResponse(statusCode, Map.of("Cache-Control", "no-store"), "");
  }

  public static HttpResponse json(int statusCode, String body) {
    return new HttpResponse(
        statusCode, Map.of("Content-Type", "application/json", "Cache-Control", "no-store"), body);
  }
}
