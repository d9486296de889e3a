package io.crossfade.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.infrastructure.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Progress on a real terminal, which a process of Python's gives: Java has none. */
class PseudoTerminalTest {
  private static final String ERASE = "\r\u001b[2K";

  /** Runs a command on a terminal of so many columns, and prints all that it shows. */
  private static final String ON_A_TERMINAL =
      """
      import fcntl, os, pty, struct, sys, termios
      child, terminal = pty.fork()
      if child == 0:
          fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, int(sys.argv[1]), 0, 0))
          os.execvp(sys.argv[2], sys.argv[2:])
      shown = b""
      while True:
          try:
              more = os.read(terminal, 4096)
          except OSError:
              break
          if not more:
              break
          shown += more
      sys.stdout.buffer.write(shown)
      sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
      """;

  /** Shows the same progress three times, and then another. */
  static final class Progress {
    private Progress() {}

    public static void main(String[] arguments) {
      ProgressPrinter printer = ProgressPrinter.toStandardOutput(Terminal.present());
      for (int second = 1; second <= 3; second++) {
        printer.show(progress("Bake", second));
      }
      printer.show(progress("Drain", 4));
      printer.close();
    }

    private static ReleaseProgress progress(String state, int seconds) {
      return new ReleaseProgress(
          state,
          "blue",
          ColourWeights.giving("green", 25),
          Map.of("backend-1", VersionCount.NONE),
          Duration.ofSeconds(seconds));
    }
  }

  @BeforeEach
  void needsPython() {
    Tool.require(
        Tool.starts("python3", "-c", "import pty, os; os.waitstatus_to_exitcode")
            && Tool.starts("sh", "-c", "command -v stty"),
        "there is no Python 3.9 with pty, or no stty: no terminal is tried");
  }

  @Test
  void theSameProgressIsRenewedInPlaceAndCutAtTheTerminalsOwnWidth() {
    String[] renewed = renewed(60);
    assertThat(renewed).hasSize(4);
    assertThat(renewed[1]).startsWith("  0:02  Bake").hasSize(59);
    assertThat(renewed[2]).startsWith("  0:03  Bake").hasSize(59);
    assertThat(renewed[3]).contains("Drain");
  }

  @Test
  void aWiderTerminalShowsMore() {
    assertThat(renewed(70)[1]).hasSize(69);
  }

  @Test
  void aBuildServersTerminalGetsALineForEachChangeAlone() {
    assertThat(shown(60, "CI=true")).doesNotContain("\u001b").contains("Drain");
  }

  /** What was shown between two erasures, the first line before the first of them. */
  private static String[] renewed(int columns) {
    return shown(columns, "TERM=xterm").split(Pattern.quote(ERASE));
  }

  private static String shown(int columns, String variable) {
    List<String> command =
        new ArrayList<>(List.of("env", "-u", "CI", "-u", "COLUMNS", "-u", "NO_COLOR", variable));
    command.addAll(List.of("python3", "-c", ON_A_TERMINAL, String.valueOf(columns)));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-Dstdout.encoding=UTF-8",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Progress.class.getName()));
    Tool.Run run = Tool.run(command, Map.of(), Path.of(""));
    assertThat(run.exit()).as(run.output()).isZero();
    return run.output();
  }
}
