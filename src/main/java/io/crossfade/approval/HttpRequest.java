package io.crossfade.approval;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What an HTTP API hands to a function, as far as it is used (Amazon API Gateway Developer Guide,
 * payload format 2.0).
 *
 * @param body null for an empty one
 * @param isBase64Encoded as it is for every body that is not plainly text, a form's among them
 */
public record HttpRequest(
    Map<String, String> headers,
    String body,
    boolean isBase64Encoded,
    RequestContext requestContext) {
  public HttpRequest {
    headers = headers == null ? Map.of() : headers;
    body = body == null ? "" : body;
  }

  /**
   * @param timeEpoch when the request came in, in milliseconds
   */
  public record RequestContext(Long timeEpoch) {}

  /** When the request came in, by API Gateway's clock. */
  Optional<Instant> receivedAt() {
    return Optional.ofNullable(requestContext)
        .map(RequestContext::timeEpoch)
        .map(Instant::ofEpochMilli);
  }

  /** Without the body: records end up in logs. */
  @Override
  public String toString() {
    return "HttpRequest[%d characters]".formatted(body.length());
  }
}
