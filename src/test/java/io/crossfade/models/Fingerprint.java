package io.crossfade.models;

/**
 * What a test run need keep of one exchange only. Ids, times and larger numbers count as equal;
 * words, the structure and numbers below a thousand do not. It is cheap: one pass over the bytes,
 * no parsing.
 */
final class Fingerprint {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /** Longest run of letters and digits that is told from others though it holds a digit. */
  private static final int VERBATIM = 4;

  private long hash = FNV_OFFSET;

  Fingerprint add(byte[] text) {
    int at = 0;
    while (at < text.length) {
      int end = endOfRun(text, at);
      if (end - at > VERBATIM && holdsDigit(text, at, end)) {
        mix('#');
      } else {
        for (int i = at; i < Math.max(end, at + 1); i++) {
          mix(text[i]);
        }
      }
      at = Math.max(end, at + 1);
    }
    mix(0);
    return this;
  }

  long value() {
    return hash;
  }

  private void mix(int octet) {
    hash = (hash ^ (octet & 0xff)) * FNV_PRIME;
  }

  private static int endOfRun(byte[] text, int from) {
    int at = from;
    while (at < text.length && (isPartOfRun(text[at]) || isDecimalPoint(text, at))) {
      at++;
    }
    return at;
  }

  /** Of an ARN, a time, a UUID, base64 or a percent-encoded value. */
  private static boolean isPartOfRun(byte octet) {
    return octet >= 'a' && octet <= 'z'
        || octet >= 'A' && octet <= 'Z'
        || isDigit(octet)
        || "+/-_:%".indexOf(octet) >= 0;
  }

  private static boolean isDecimalPoint(byte[] text, int at) {
    return text[at] == '.'
        && at > 0
        && at + 1 < text.length
        && isDigit(text[at - 1])
        && isDigit(text[at + 1]);
  }

  private static boolean holdsDigit(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (isDigit(text[i])) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDigit(byte octet) {
    return octet >= '0' && octet <= '9';
  }
}
