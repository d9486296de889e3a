package io.crossfade.rehearsal;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The build of an earlier rehearsal, and the sources it was made from. What is tested only does not
 * count among them.
 */
final class EarlierBuild {
  private static final List<String> SOURCES =
      List.of("pom.xml", "src/main", "src/localaws", "src/rehearsal");
  private static final Path ARTIFACT = Path.of("target", "function.zip");
  private static final Path FOLDER = Path.of("target", "launcher");

  private final Path project;

  EarlierBuild(Path project) {
    this.project = project;
  }

  /**
   * Whether it is the build of the present sources, and all of it is there.
   *
   * @param settings what else decides how the build turns out, e.g. Maven's profiles
   */
  boolean isCurrent(String settings) {
    Properties recorded = read(record());
    return sources(settings).equals(recorded.getProperty("sources"))
        && artifact().equals(recorded.getProperty("artifact"))
        && Arrays.stream(recorded.getProperty("classpath").split(File.pathSeparator))
            .allMatch(entry -> Files.exists(Path.of(entry)));
  }

  /** A build of the present sources begins. */
  void begin(String settings) {
    Properties begun = new Properties();
    begun.setProperty("sources", sources(settings));
    write(begun, pending());
  }

  /** The build that has begun is complete. */
  void complete(String classpath) {
    Properties built = read(pending());
    built.setProperty("artifact", artifact());
    built.setProperty("classpath", classpath);
    write(built, record());
  }

  private Path record() {
    return project.resolve(FOLDER).resolve("build.properties");
  }

  private Path pending() {
    return project.resolve(FOLDER).resolve("pending.properties");
  }

  private String artifact() {
    Path file = project.resolve(ARTIFACT);
    return Files.exists(file) ? describe(file) : "none";
  }

  private String sources(String settings) {
    MessageDigest digest = sha256();
    digest.update(settings.getBytes(StandardCharsets.UTF_8));
    for (String root : SOURCES) {
      try (Stream<Path> files = Files.walk(project.resolve(root))) {
        files
            .filter(Files::isRegularFile)
            .sorted()
            .map(file -> "\n" + describe(file))
            .forEach(file -> digest.update(file.getBytes(StandardCharsets.UTF_8)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  private String describe(Path file) {
    try {
      return "%s %d %s"
          .formatted(project.relativize(file), Files.size(file), Files.getLastModifiedTime(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Properties read(Path file) {
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (Reader in = Files.newBufferedReader(file)) {
        properties.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return properties;
  }

  private static void write(Properties properties, Path file) {
    try {
      Files.createDirectories(file.getParent());
      try (Writer out = Files.newBufferedWriter(file)) {
        properties.store(out, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
