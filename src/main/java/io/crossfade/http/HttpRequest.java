package io.crossfade.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
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
   * @param authorizer null where API Gateway has authorized nobody
   */
  public record RequestContext(String requestId, Long timeEpoch, Authorizer authorizer) {}

  /**
   * @param iam null where it was not IAM that authorized
   */
  public record Authorizer(Iam iam) {}

  /**
   * @param userArn of the user, or of the role's session, that signed the request
   */
  public record Iam(String userArn) {}

  /** Exactly the bytes that were sent; empty if they cannot be told. */
  public Optional<byte[]> bytes() {
    try {
      return Optional.of(
          isBase64Encoded
              ? Base64.getDecoder().decode(body)
              : body.getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** When the request came in, by API Gateway's clock. */
  public Optional<Instant> receivedAt() {
    return Optional.ofNullable(requestContext)
        .map(RequestContext::timeEpoch)
        .map(Instant::ofEpochMilli);
  }

  /** Who signed the request, as API Gateway has found out; nothing that the request says. */
  public Optional<String> caller() {
    return Optional.ofNullable(requestContext)
        .map(RequestContext::authorizer)
        .map(Authorizer::iam)
        .map(Iam::userArn)
        .filter(arn -> !arn.isBlank());
  }

  /** Without the body: records end up in logs. */
  @Override
  public String toString() {
    return "HttpRequest[%d characters]".formatted(body.length());
  }
}
