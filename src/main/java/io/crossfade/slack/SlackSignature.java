package io.crossfade.slack;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells whether a request comes from Slack: HMAC-SHA256 over {@code v0:<timestamp>:<raw body>} with
 * the app's signing secret (Slack, Verifying requests from Slack).
 */
public final class SlackSignature {
  /** Older or newer than this is a replay or a broken clock. */
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String VERSION = "v0";
  private static final String HEADER = "X-Slack-Signature";
  private static final String TIMESTAMP = "X-Slack-Request-Timestamp";

  private final String given;
  private final String timestamp;

  private SlackSignature(String given, String timestamp) {
    this.given = given;
    this.timestamp = timestamp;
  }

  /** Empty unless both headers are there, each once, in whatever case. */
  public static Optional<SlackSignature> in(Map<String, String> headers) {
    Optional<String> given = only(headers, HEADER);
    Optional<String> timestamp = only(headers, TIMESTAMP).filter(t -> t.matches("[0-9]{1,12}"));
    return given.isPresent() && timestamp.isPresent()
        ? Optional.of(new SlackSignature(given.get(), timestamp.get()))
        : Optional.empty();
  }

  private static Optional<String> only(Map<String, String> headers, String name) {
    var found = headers.keySet().stream().filter(name::equalsIgnoreCase).toList();
    return found.size() == 1 ? Optional.ofNullable(headers.get(found.get(0))) : Optional.empty();
  }

  /** Whether the request was signed within five minutes of now, before or after. */
  public boolean fresh(Instant now) {
    Instant signed = Instant.ofEpochSecond(Long.parseLong(timestamp));
    return Duration.between(signed, now).abs().compareTo(TOLERANCE) <= 0;
  }

  /** Compares in constant time, so that the time it takes tells nothing about the secret. */
  public boolean matches(String signingSecret, byte[] body) {
    byte[] expected = of(signingSecret, timestamp, body).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8));
  }

  static String of(String signingSecret, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(signingSecret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((VERSION + ":" + timestamp + ":").getBytes(StandardCharsets.UTF_8));
      return VERSION + "=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
    }
  }
}
