package io.crossfade.command;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * What an HTTP API with IAM authorization hands to a function, as far as it is used (Amazon API
 * Gateway Developer Guide, payload format 2.0).
 *
 * @param body null for an empty one
 */
public record CommandEvent(String body, boolean isBase64Encoded, RequestContext requestContext) {
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

  /** Who signed the request, as API Gateway has found out; nothing that the request says. */
  Optional<String> caller() {
    return Optional.ofNullable(requestContext)
        .map(RequestContext::authorizer)
        .map(Authorizer::iam)
        .map(Iam::userArn)
        .filter(arn -> !arn.isBlank());
  }

  /** Only if there is a caller. */
  String requestId() {
    return requestContext.requestId();
  }

  /** By API Gateway's clock; only if there is a caller. */
  Instant receivedAt() {
    return Instant.ofEpochMilli(requestContext.timeEpoch());
  }

  /** Empty if it is no Base64 although it says so. */
  Optional<String> text() {
    if (body == null || !isBase64Encoded) {
      return Optional.ofNullable(body);
    }
    try {
      return Optional.of(new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
