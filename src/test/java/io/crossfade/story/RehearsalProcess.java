package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.rehearsal.Rehearsal;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The rehearsal as a process of its own, as somebody at a shell has it. */
final class RehearsalProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final List<String> said = new ArrayList<>();

  /**
   * @param folder where it runs and writes
   * @param options such as {@code -Dspeed=60}
   */
  RehearsalProcess(Path folder, String... options) throws IOException {
    for (String read : List.of("template.yaml", "statemachine", "target/function.zip")) {
      Path link = folder.resolve(read);
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, Path.of(read).toAbsolutePath());
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(Arrays.asList(options));
    command.add(Rehearsal.class.getName());
    process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    output = process.inputReader();
  }

  /** Reads on until a line has this in it. */
  String awaitLine(String part) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.add(line);
      if (line.contains(part)) {
        return line;
      }
    }
    throw new AssertionError("'%s' was not printed, but %s".formatted(part, said));
  }

  /** What was read so far. */
  List<String> said() {
    return said;
  }

  void type(String text) throws IOException {
    process.outputWriter().append(text).flush();
  }

  /** Reads what is left. */
  int awaitExit() throws IOException, InterruptedException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.add(line);
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  long pid() {
    return process.pid();
  }

  List<ProcessHandle> functions() {
    return process.descendants().toList();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
