package io.crossfade.matrix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The results so far, one on each line of {@code target/matrix/results.jsonl}, so that a run that
 * was stopped goes on where it stood. Results of other sources are not taken over.
 */
final class ResultLog {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Path> SOURCES =
      List.of(
          Path.of("src"), Path.of("statemachine"), Path.of("template.yaml"), Path.of("pom.xml"));

  private final Path file;
  private final Map<String, CellResult> results = new LinkedHashMap<>();

  ResultLog(Path folder) {
    this.file = folder.resolve("results.jsonl");
    try {
      Files.createDirectories(folder);
      String sources = sources();
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      if (lines.isEmpty() || !lines.get(0).equals(sources)) {
        Files.writeString(file, sources);
        return;
      }
      for (String line : lines.subList(1, lines.size())) {
        read(line);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A line that was being written when the run was killed is as good as none. */
  private void read(String line) {
    try {
      CellResult result = JSON.readValue(line, CellResult.class);
      results.put(result.cell(), result);
    } catch (JsonProcessingException half) {
      System.out.printf("Half a result is left out: %s%n", line);
    }
  }

  /**
   * @param id of a cell or a planted defect
   */
  synchronized boolean has(String id) {
    return results.containsKey(id) && settled(results.get(id));
  }

  /** What was not reached, or broke on the way, has not been tried. */
  private static boolean settled(CellResult result) {
    return result.reached() && !result.outcome().equals(CellResult.BROKEN);
  }

  synchronized void add(CellResult result) {
    results.put(result.cell(), result);
    try {
      String line = "\n" + JSON.writeValueAsString(result);
      Files.writeString(file, line, StandardOpenOption.APPEND);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  synchronized CellResult get(String id) {
    return results.get(id);
  }

  /** A digest of everything that a result depends on. */
  private static String sources() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path source : SOURCES) {
        try (Stream<Path> files = Files.walk(source)) {
          for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
            digest.update(each.toString().getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(each));
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }
}
