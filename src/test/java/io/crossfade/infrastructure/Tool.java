package io.crossfade.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A program of this machine that a test can do without. */
public final class Tool {
  private Tool() {}

  /** How it ended, and all that it said. */
  public record Run(int exit, String output) {}

  /** Whether the program starts at all. */
  public static boolean starts(String... command) {
    try {
      return run(List.of(command), Map.of(), Path.of("")).exit() == 0;
    } catch (UncheckedIOException notThere) {
      return false;
    }
  }

  /** Skips the test, and says so where nobody can miss it. */
  public static void require(boolean there, String sentence) {
    if (!there) {
      System.out.println("SKIPPED: " + sentence);
    }
    Assumptions.assumeTrue(there, sentence);
  }

  /**
   * Skips the test where a shell's script cannot be tried.
   *
   * @param script whose test is skipped then
   */
  public static void requireShell(String script) {
    require(
        starts("bash", "-c", "exit 0")
            && FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "there is no bash or no POSIX file system: %s is not tested".formatted(script));
  }

  /** Puts a script there that is run in a program's place. */
  public static void standIn(Path program, String script) throws IOException {
    Files.writeString(program, script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  public static Run run(List<String> command, Map<String, String> environment, Path folder) {
    try {
      Path output = Files.createTempFile("tool", ".txt");
      try {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.directory(folder.toAbsolutePath().toFile());
        Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        process.getOutputStream().close();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
          process.destroyForcibly();
          throw new AssertionError("took more than three minutes: " + command);
        }
        return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
