package io.crossfade.rehearsal;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Prints a line for every change. In between, a terminal sees the present line renewed in place,
 * and a log a further line every few seconds.
 */
public final class ProgressPrinter {
  static final Duration LOG_INTERVAL = Duration.ofSeconds(5);

  private static final String ERASE = "\r\u001b[2K";

  private final PrintStream out;
  private final Terminal terminal;
  private ReleaseProgress last;
  private Duration lastPrinted;
  private boolean lineOpen;

  public ProgressPrinter(PrintStream out, Terminal terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Prints to standard output in the way that it can show. */
  public static ProgressPrinter toStandardOutput() {
    return new ProgressPrinter(
        new PrintStream(System.out, true, standardOutputCharset()), Terminal.present());
  }

  static Charset standardOutputCharset() {
    String name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
    return name == null ? Charset.defaultCharset() : Charset.forName(name);
  }

  /** Takes the present progress; call it as often as you like. */
  public synchronized void show(ReleaseProgress progress) {
    if (progress.differsFrom(last) || (!terminal.interactive() && isDue(progress))) {
      print(terminal.line().render(progress));
      lastPrinted = progress.elapsed();
    } else if (terminal.interactive()) {
      renew(terminal.plainLine().render(progress));
    }
    last = progress;
  }

  private boolean isDue(ReleaseProgress progress) {
    return progress.elapsed().minus(lastPrinted).compareTo(LOG_INTERVAL) >= 0;
  }

  /** Prints anything else on a line of its own. */
  public synchronized void say(String text) {
    print(text);
  }

  private void print(String text) {
    out.println((lineOpen ? ERASE : "") + text);
    lineOpen = false;
  }

  private void renew(String text) {
    out.print(ERASE + text.substring(0, Math.min(text.length(), terminal.width() - 1)));
    out.flush();
    lineOpen = true;
  }

  /**
   * What the output can show.
   *
   * @param interactive whether a line can be renewed in place
   * @param width in characters
   */
  public record Terminal(boolean interactive, boolean coloured, boolean unicode, int width) {
    static final int ORDINARY_WIDTH = 80;

    public static Terminal present() {
      return of(
          isConsole(),
          System.getenv("NO_COLOR") != null,
          System.getenv("CI") != null || "dumb".equals(System.getenv("TERM")),
          standardOutputCharset(),
          System.getenv("COLUMNS"));
    }

    /** No terminal and a build server mean plain lines; {@code NO_COLOR} means no colours. */
    static Terminal of(
        boolean console, boolean noColour, boolean plain, Charset charset, String columns) {
      boolean interactive = console && !plain;
      return new Terminal(
          interactive,
          interactive && !noColour,
          charset.equals(StandardCharsets.UTF_8),
          columns != null && columns.matches("[1-9]\\d{1,3}")
              ? Integer.parseInt(columns)
              : ORDINARY_WIDTH);
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

    ProgressLine line() {
      return new ProgressLine(unicode, coloured);
    }

    ProgressLine plainLine() {
      return new ProgressLine(unicode, false);
    }
  }
}
