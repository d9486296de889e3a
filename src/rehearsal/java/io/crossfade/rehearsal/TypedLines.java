package io.crossfade.rehearsal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The lines that somebody types. Nothing is read before somebody wants to know, so that what was
 * typed earlier can be told from an answer and dropped. A line without its end is none.
 */
final class TypedLines {
  private final InputStream input;
  private final Terminal terminal;
  private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
  private Thread reader;

  TypedLines(InputStream input, Terminal terminal) {
    this.input = input;
    this.terminal = terminal;
  }

  /** Forgets what was typed until now, an unfinished line included. */
  synchronized void drop() {
    if (reader == null) {
      terminal.withoutLines(this::skipTyped);
      reader = new Thread(this::read, "typed-lines");
      reader.setDaemon(true);
      reader.start();
    } else {
      lines.removeIf(Optional::isPresent);
    }
  }

  /** Waits for the next line; empty once the input has ended. */
  Optional<String> next() throws InterruptedException {
    Optional<String> line = lines.take();
    if (line.isEmpty()) {
      lines.add(line);
    }
    return line;
  }

  /** How many lines nobody has asked for yet. */
  int waiting() {
    return lines.size();
  }

  private void skipTyped() {
    try {
      while (input.available() > 0) {
        // Not skipped: a terminal cannot be.
        input.readNBytes(input.available());
      }
    } catch (IOException ended) {
      // Then there is nothing to skip, and the reader will say so.
    }
  }

  private void read() {
    try {
      Reader typed = new InputStreamReader(input);
      StringBuilder line = new StringBuilder();
      for (int key = typed.read(); key >= 0; key = typed.read()) {
        if (key == '\n') {
          lines.add(Optional.of(line.toString()));
          line.setLength(0);
        } else {
          line.append((char) key);
        }
      }
    } catch (IOException ended) {
      // As good as the end of the input.
    }
    lines.add(Optional.empty());
  }
}
