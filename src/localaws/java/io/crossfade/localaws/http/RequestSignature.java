package io.crossfade.localaws.http;

import io.crossfade.localaws.sdk.Arns;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a request to an API of API Gateway.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">
 *     Create a signed AWS API request</a>
 */
record RequestSignature(
    String accessKeyId, String date, String scope, List<String> headers, String signature) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          ALGORITHM
              + " *Credential=([^/,]+)/((\\d{8})/([^/,]+)/([^/,]+)/aws4_request), *"
              + "SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** How far the clocks of the client and of AWS may be apart. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  /** Empty if there is none, or one for another service or region. */
  static Optional<RequestSignature> of(WebRequest request) {
    Matcher parts = AUTHORIZATION.matcher(request.header("authorization"));
    if (!parts.matches()
        || !parts.group(4).equals(Arns.REGION)
        || !parts.group(5).equals("execute-api")
        || !request.header("x-amz-date").startsWith(parts.group(3))) {
      return Optional.empty();
    }
    return Optional.of(
        new RequestSignature(
            parts.group(1),
            parts.group(3),
            parts.group(2),
            List.of(parts.group(6).split(";")),
            parts.group(7)));
  }

  /** Whether it is of this request and this secret, and made just now. The host must be signed. */
  boolean matches(WebRequest request, String secretAccessKey, Instant now) {
    return headers.contains("host")
        && fresh(request.header("x-amz-date"), now)
        && MessageDigest.isEqual(
            expected(request, secretAccessKey).getBytes(StandardCharsets.UTF_8),
            signature.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean fresh(String time, Instant now) {
    try {
      Instant signed = Instant.from(TIME.parse(time));
      return Duration.between(signed, now).abs().compareTo(SKEW) <= 0;
    } catch (DateTimeParseException none) {
      return false;
    }
  }

  private String expected(WebRequest request, String secretAccessKey) {
    String toSign =
        String.join(
            "\n", ALGORITHM, request.header("x-amz-date"), scope, sha256(canonical(request)));
    byte[] key = hmac(("AWS4" + secretAccessKey).getBytes(StandardCharsets.UTF_8), date);
    for (String part : List.of(Arns.REGION, "execute-api", "aws4_request")) {
      key = hmac(key, part);
    }
    return HexFormat.of().formatHex(hmac(key, toSign));
  }

  private byte[] canonical(WebRequest request) {
    String query =
        Arrays.stream(request.query().split("&")).sorted().collect(Collectors.joining("&"));
    String signed =
        headers.stream()
            .map(name -> name + ":" + value(request, name) + "\n")
            .collect(Collectors.joining());
    return String.join(
            "\n",
            request.method(),
            request.path(),
            query,
            signed,
            String.join(";", headers),
            sha256(request.body()))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String value(WebRequest request, String name) {
    return request.headers().getOrDefault(name, List.of()).stream()
        .map(value -> value.strip().replaceAll(" +", " "))
        .collect(Collectors.joining(","));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }
}
