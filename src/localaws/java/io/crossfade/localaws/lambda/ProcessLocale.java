package io.crossfade.localaws.lambda;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The locale of hosted processes. A JVM spells the names of files in the encoding of its locale
 * (the system property {@code sun.jnu.encoding}, which no option sets, up to JDK 25 at least). In a
 * locale that is not installed it knows ASCII alone, and cannot start from a folder with other
 * letters.
 */
final class ProcessLocale {
  private static final List<String> VARIABLES = List.of("LC_ALL", "LC_CTYPE", "LANG");

  private ProcessLocale() {}

  /** The locale that a process of this JVM is given, as environment variables. */
  static Map<String, String> variables() {
    return variables(Charset.forName(System.getProperty("sun.jnu.encoding")), System.getenv());
  }

  /**
   * The parent's own, because it is installed and can spell every path that the parent knows. A
   * parent that knows ASCII alone may have a locale that is not installed, or none; then C.UTF-8 is
   * at worst another one that is not installed.
   *
   * @param encoding of the parent's file names
   * @param parent the parent's environment
   */
  static Map<String, String> variables(Charset encoding, Map<String, String> parent) {
    if (encoding.equals(StandardCharsets.US_ASCII)) {
      return Map.of("LANG", "C.UTF-8");
    }
    Map<String, String> given = new HashMap<>(parent);
    given.keySet().retainAll(VARIABLES);
    return given;
  }
}
