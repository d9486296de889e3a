package io.crossfade.rehearsal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Prints a line for every change. In between, a terminal sees the present line renewed in place.
 * Once there is a clock, every line begins with its time.
 */
public final class ProgressPrinter {
  private static final String ERASE = "\r\u001b[2K";

  private final PrintStream out;
  private final Terminal terminal;
  private Supplier<Duration> clock;
  private ReleaseProgress last;
  private final List<Consumer<String>> listeners = new ArrayList<>();
  private boolean lineOpen;
  private boolean typing;
  private boolean closed;

  public ProgressPrinter(PrintStream out, Terminal terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Prints to standard output in the way that it can show. */
  public static ProgressPrinter toStandardOutput(Terminal terminal) {
    return new ProgressPrinter(
        new PrintStream(System.out, true, Terminal.standardOutputCharset()), terminal);
  }

  /** Calls back on each line that is said, which is no line of progress. */
  synchronized void onSaid(Consumer<String> listener) {
    listeners.add(listener);
  }

  /** From now on each line begins with this clock's time. */
  synchronized void startClock(Supplier<Duration> elapsed) {
    clock = elapsed;
  }

  /** From now on no line begins with a time. */
  synchronized void stopClock() {
    clock = null;
  }

  /** Takes the present progress; call it as often as you like. */
  public synchronized void show(ReleaseProgress progress) {
    if (progress.differsFrom(last)) {
      print(terminal.line().render(progress));
    } else if (terminal.interactive() && !typing) {
      renew(terminal.plainLine().render(progress));
    }
    last = progress;
  }

  /** Prints anything else on a line of its own. */
  public synchronized void say(String text) {
    listeners.forEach(listener -> listener.accept(text));
    print(clock == null ? text : ProgressLine.elapsed(clock.get()) + "  " + text);
  }

  /** While somebody types, no line is renewed: it would erase what they see of their own line. */
  synchronized void typing(boolean typing) {
    endLine();
    this.typing = typing;
  }

  /** Leaves the cursor at the beginning of a line, as a shell's prompt wants it. */
  synchronized void endLine() {
    if (lineOpen) {
      out.println();
      lineOpen = false;
    }
  }

  /** Ends the line that is open, and prints nothing any more. */
  synchronized void close() {
    endLine();
    closed = true;
  }

  private void print(String text) {
    if (closed) {
      return;
    }
    out.println((lineOpen ? ERASE : "") + text);
    lineOpen = false;
  }

  private void renew(String text) {
    if (closed) {
      return;
    }
    out.print(ERASE + text.substring(0, Math.min(text.length(), terminal.width() - 1)));
    out.flush();
    lineOpen = true;
  }
}
