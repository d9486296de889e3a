package io.crossfade.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the valid name that a misspelt one was probably meant to be. */
public final class SpellingSuggestion {
  private SpellingSuggestion() {}

  /** The nearest name by edit distance, if at most a third of it would have to change. */
  public static Optional<String> to(String written, Collection<String> valid) {
    return valid.stream()
        .filter(name -> written.length() < 2 * name.length())
        .min(
            Comparator.comparingInt((String name) -> distance(written, name))
                .thenComparing(name -> differing(written, name)))
        .filter(name -> near(written, name));
  }

  private static boolean near(String written, String name) {
    int distance = distance(written, name);
    return distance < name.length() && distance <= Math.max(2, name.length() / 3);
  }

  /** Levenshtein distance, ignoring case. */
  static int distance(String left, String right) {
    String a = left.toLowerCase(java.util.Locale.ROOT);
    String b = right.toLowerCase(java.util.Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  /** Between names that differ only in case, the one with more letters in place is meant. */
  private static int differing(String left, String right) {
    int same = 0;
    for (int i = 0; i < Math.min(left.length(), right.length()); i++) {
      same += left.charAt(i) == right.charAt(i) ? 1 : 0;
    }
    return Math.max(left.length(), right.length()) - same;
  }
}
