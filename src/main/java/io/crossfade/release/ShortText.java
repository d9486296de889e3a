package io.crossfade.release;

/** Texts that have room for so many characters. */
public final class ShortText {
  private ShortText() {}

  /** The beginning of a text, but never half of a surrogate pair, which JSON cannot carry. */
  public static String beginning(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }
}
