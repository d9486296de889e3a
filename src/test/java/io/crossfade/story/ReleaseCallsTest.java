package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code mvn test -Dtest=ReleaseCallsTest -Ddocs=write} writes the table anew. */
class ReleaseCallsTest {
  private static final Path DOCUMENT = Path.of("docs", "performance.md");
  private static final String BEGIN = "<!-- written by ReleaseCallsTest -->\n";
  private static final String END = "<!-- end -->\n";

  @Test
  void theDocumentHasTheTable() throws IOException {
    String text = Files.readString(DOCUMENT);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    if ("write".equals(System.getProperty("docs"))) {
      Files.writeString(
          DOCUMENT, text.substring(0, begin) + ReleaseCalls.table() + text.substring(end));
    } else {
      assertThat(text.substring(begin, end)).isEqualTo(ReleaseCalls.table());
    }
  }
}
