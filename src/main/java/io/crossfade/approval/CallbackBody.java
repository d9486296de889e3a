package io.crossfade.approval;

import io.crossfade.http.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A request's body: a form with one field. */
final class CallbackBody {
  /** A click brings its message along: 50 blocks of 3,000 characters, escaped, and some room. */
  static final int MAX_BYTES = 1_048_576;

  private static final String PAYLOAD = "payload=";

  private CallbackBody() {}

  static boolean oversized(HttpRequest request) {
    long most = request.isBase64Encoded() ? (MAX_BYTES + 2) / 3 * 4L : MAX_BYTES;
    return request.body().length() > most;
  }

  /** The JSON text of the only {@code payload} field. */
  static Optional<String> payload(byte[] body) {
    String form = new String(body, StandardCharsets.UTF_8);
    List<String> found =
        Stream.of(form.split("&")).filter(field -> field.startsWith(PAYLOAD)).toList();
    if (found.size() != 1) {
      return Optional.empty();
    }
    try {
      String escaped = found.get(0).substring(PAYLOAD.length());
      return Optional.of(URLDecoder.decode(escaped, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notEscaped) {
      return Optional.empty();
    }
  }
}
