package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Reads what every test has printed, in a run of its own after all others. The stories' functions
 * log elsewhere; each story looks at those itself.
 */
class WholeRunLogsStory {
  /** Slack's tokens, webhooks, task tokens, and the signing secret of the unit tests. */
  private static final Pattern SECRET =
      Pattern.compile(
          "xox[abeprs]-[A-Za-z0-9-]{8,}|/services/T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]+"
              + "|AQCEAAAAKgAAAAMA[A-Za-z0-9+/=]{60,}|AAAAKgAAAAIAAAAA[A-Za-z0-9+/=]{60,}"
              + "|8f742231b10e8888abcd99yyyzzz85a5");

  @Test
  void noSecretStandsInAnyLineThatAnyTestPrinted() throws IOException {
    assertThat(RunRecord.unitTests()).as("unit tests of this run").isNotEmpty();
    assertThat(RunRecord.untold()).as("stories that this run did not tell to a good end").isEmpty();
    Set<String> secrets = RunRecord.secrets();
    assertThat(secrets).hasSizeGreaterThanOrEqualTo(2);
    List<String> found = new ArrayList<>();
    int lines = 0;
    for (Path output : outputs()) {
      for (String line : Files.readString(output, StandardCharsets.ISO_8859_1).split("\n")) {
        lines++;
        Matcher secret = SECRET.matcher(line);
        if (secret.find() || secrets.stream().anyMatch(line::contains)) {
          found.add(output.getFileName() + ": " + line);
        }
      }
    }
    assertThat(lines).isGreaterThan(100);
    assertThat(found).isEmpty();
  }

  private static List<Path> outputs() throws IOException {
    List<Path> outputs = new ArrayList<>();
    for (String folder : List.of("target/surefire-reports", "target/failsafe-reports")) {
      if (Files.isDirectory(Path.of(folder))) {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
          files.filter(file -> file.toString().endsWith("-output.txt")).forEach(outputs::add);
        }
      }
    }
    assertThat(outputs).as("run the unit tests first").isNotEmpty();
    return outputs;
  }
}
