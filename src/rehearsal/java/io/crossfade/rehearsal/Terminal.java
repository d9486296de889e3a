package io.crossfade.rehearsal;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What the output can show.
 *
 * @param interactive whether a line can be renewed in place, and somebody can answer
 * @param width in characters
 */
public record Terminal(boolean interactive, boolean coloured, boolean unicode, int width) {
  static final int ORDINARY_WIDTH = 80;

  public static Terminal present() {
    boolean console = isConsole();
    return of(
        console,
        System.getenv(),
        standardOutputCharset(),
        console ? Stty.run("size") : Optional.empty());
  }

  /**
   * No terminal and a build server mean plain lines; {@code NO_COLOR} means no colours.
   *
   * @param size rows and columns as {@code stty size} prints them
   */
  static Terminal of(
      boolean console, Map<String, String> environment, Charset charset, Optional<String> size) {
    boolean plain = environment.containsKey("CI") || "dumb".equals(environment.get("TERM"));
    boolean interactive = console && !plain;
    return new Terminal(
        interactive,
        interactive && !environment.containsKey("NO_COLOR"),
        charset.equals(StandardCharsets.UTF_8),
        size.map(rowsAndColumns -> rowsAndColumns.replaceFirst("^\\d+ ", ""))
            .filter(Terminal::isWidth)
            .or(() -> Optional.ofNullable(environment.get("COLUMNS")).filter(Terminal::isWidth))
            .map(Integer::valueOf)
            .orElse(ORDINARY_WIDTH));
  }

  /** A terminal that nobody told its size says 0. */
  private static boolean isWidth(String columns) {
    return columns.matches("[1-9]\\d{1,3}");
  }

  static Charset standardOutputCharset() {
    String name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
    return name == null ? Charset.defaultCharset() : Charset.forName(name);
  }

  /** From Java 22 on there is a console object even without a terminal, and a way to ask it. */
  private static boolean isConsole() {
    if (System.console() == null) {
      return false;
    }
    try {
      return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(System.console());
    } catch (ReflectiveOperationException olderJava) {
      return true;
    }
  }

  /** Runs a task while the terminal gives every key at once, instead of whole lines. */
  void withoutLines(Runnable task) {
    Optional<String> before = interactive ? Stty.run("-g") : Optional.empty();
    before.ifPresent(settings -> Stty.run("-icanon", "min", "0", "time", "0"));
    task.run();
    before.ifPresent(Stty::run);
  }

  ProgressLine line() {
    return new ProgressLine(unicode, coloured);
  }

  ProgressLine plainLine() {
    return new ProgressLine(unicode, false);
  }
}
