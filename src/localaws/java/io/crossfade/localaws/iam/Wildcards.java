package io.crossfade.localaws.iam;

import java.util.regex.Pattern;

/** Texts with {@code *} and {@code ?}. */
final class Wildcards {
  private static final int ARN_PARTS = 6;

  private Wildcards() {}

  static boolean match(String pattern, String text) {
    return compile(pattern, 0).matcher(text).matches();
  }

  static boolean matchIgnoringCase(String pattern, String text) {
    return compile(pattern, Pattern.CASE_INSENSITIVE).matcher(text).matches();
  }

  private static Pattern compile(String pattern, int flags) {
    String quoted = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    return Pattern.compile(quoted, flags | Pattern.DOTALL);
  }

  /** Each of the six parts by itself: a wildcard in one does not reach into the next. */
  static boolean matchArn(String pattern, String arn) {
    if (pattern.equals("*")) {
      return true;
    }
    String[] asked = pattern.split(":", ARN_PARTS);
    String[] found = arn.split(":", ARN_PARTS);
    boolean all = asked.length == found.length;
    for (int i = 0; all && i < asked.length; i++) {
      all = match(asked[i], found[i]);
    }
    return all;
  }
}
