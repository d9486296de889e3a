package io.crossfade.localaws.storage;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A place in a listing, opaque to the caller. */
final class ContinuationToken {
  private ContinuationToken() {}

  static String of(String lastKey) {
    return Base64.getUrlEncoder().encodeToString(lastKey.getBytes(StandardCharsets.UTF_8));
  }

  static String key(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw S3Errors.invalid("InvalidArgument", "The continuation token provided is incorrect");
    }
  }
}
