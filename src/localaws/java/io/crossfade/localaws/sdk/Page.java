package io.crossfade.localaws.sdk;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/**
 * One page of an answer.
 *
 * @param next the token of the page after it; null on the last page
 */
public record Page<T>(List<T> items, String next) {
  private static final String MARK = "offset:";

  /**
   * @param token where to begin, as an earlier page gave it; null for the first page
   * @param size how many items at most
   * @param badToken what to throw for a token that no page gave
   */
  public static <T> Page<T> of(
      List<T> all, String token, int size, Supplier<? extends RuntimeException> badToken) {
    int from = token == null || token.isEmpty() ? 0 : offset(token, badToken);
    int to = Math.min(all.size(), from + size);
    List<T> items = from >= all.size() ? List.of() : List.copyOf(all.subList(from, to));
    return new Page<>(items, to < all.size() ? token(to) : null);
  }

  private static String token(int offset) {
    byte[] text = (MARK + offset).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().encodeToString(text);
  }

  private static int offset(String token, Supplier<? extends RuntimeException> badToken) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.startsWith(MARK)) {
        return Integer.parseUnsignedInt(text.substring(MARK.length()));
      }
    } catch (IllegalArgumentException notOurs) {
      // falls through to the service's own error
    }
    throw badToken.get();
  }
}
