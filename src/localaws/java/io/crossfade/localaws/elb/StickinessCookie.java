package io.crossfade.localaws.elb;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** The stickiness cookie of a target group, {@code AWSALBTG}; it ends in world time. */
record StickinessCookie(String targetGroupArn, Instant until) {
  private static final String NAME = "AWSALBTG";

  /** The group that the request's cookie holds it to; null without a cookie that is still good. */
  static String heldTo(HttpServerRequest request, Instant now) {
    io.vertx.core.http.Cookie cookie = request.getCookie(NAME);
    if (cookie == null) {
      return null;
    }
    StickinessCookie read = read(cookie.getValue());
    return read == null || now.isAfter(read.until()) ? null : read.targetGroupArn();
  }

  private static StickinessCookie read(String value) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(value);
      String[] parts = new String(bytes, StandardCharsets.UTF_8).split("\\|");
      return new StickinessCookie(parts[0], Instant.parse(parts[1]));
    } catch (IllegalArgumentException
        | ArrayIndexOutOfBoundsException
        | java.time.format.DateTimeParseException forged) {
      return null;
    }
  }

  /** The Set-Cookie header's value; browsers count its age in real time. */
  String header(Duration realAge) {
    String value = targetGroupArn + "|" + until;
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return "%s=%s; Max-Age=%d; Path=/"
        .formatted(
            NAME,
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
            Math.max(1, realAge.toSeconds()));
  }
}
