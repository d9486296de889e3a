package io.crossfade.localaws.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The classes of an artifact as the JVM keeps them once they are loaded and verified (application
 * class data sharing), which halves what a start takes. An archive fits one artifact in one place
 * and one JDK. Where it is missing or does not fit, processes start as they do without.
 */
final class ClassArchive {
  private static final int LIMIT_SECONDS = 60;

  private final Path file;

  /**
   * @param folder of the one artifact, where a file may be written
   */
  ClassArchive(Path folder) {
    String jdk = System.getProperty("java.vm.vendor") + "-" + Runtime.version();
    this.file = folder.resolve("classes-%s.jsa".formatted(jdk.replaceAll("[^A-Za-z0-9.+]+", "-")));
  }

  /** What a process is to be started with. */
  List<String> options() {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    // An archive that does not fit is no news: not even in a function's log.
    String logged = Runtime.version().feature() < 24 ? "cds*" : "cds*=off,aot*";
    return List.of("-XX:SharedArchiveFile=" + file, "-Xlog:%s=off".formatted(logged));
  }

  /**
   * Makes it, unless there is one. Two that do so at the same time make two, and one of them stays.
   *
   * @param java the executable and its options
   * @param main what comes after the options, for a process that ends by itself once all is loaded
   */
  synchronized void make(
      List<String> java, List<String> main, Map<String, String> environment, Path directory) {
    if (Files.isRegularFile(file)) {
      return;
    }
    try {
      Path unfinished = Files.createTempFile(file.getParent(), "classes", ".unfinished");
      Files.delete(unfinished);
      try {
        if (write(unfinished, java, main, environment, directory)) {
          Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException withoutIt) {
      // Then processes start more slowly, and that is all.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean write(
      Path target,
      List<String> java,
      List<String> main,
      Map<String, String> environment,
      Path directory)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(java);
    command.add("-XX:ArchiveClassesAtExit=" + target);
    command.addAll(main);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    try {
      return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)
          && process.exitValue() == 0
          && Files.isRegularFile(target);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
