package io.crossfade.release;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts that have room for so many characters. */
public final class ShortText {
  /** What has no picture of its own, ends the line, or turns its direction. */
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private ShortText() {}

  /** Somebody else's text, in one line of a few characters. */
  public static String oneLine(String text, int most) {
    String few = text.length() <= most ? text : beginning(text, most) + "…";
    return INVISIBLE
        .matcher(few)
        .replaceAll(
            found -> Matcher.quoteReplacement("\\u%04x".formatted(found.group().codePointAt(0))));
  }

  /** The beginning of a text, but never half of a surrogate pair, which JSON cannot carry. */
  public static String beginning(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }
}
