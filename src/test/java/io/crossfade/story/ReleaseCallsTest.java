package io.crossfade.story;

import io.crossfade.infrastructure.WrittenPart;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code mvn test -Dtest=ReleaseCallsTest -Ddocs=write} writes the table anew. */
class ReleaseCallsTest {
  private static final Path DOCUMENT = Path.of("docs", "performance.md");
  private static final String BEGIN = "<!-- written by ReleaseCallsTest -->\n";
  private static final String END = "<!-- end -->\n";

  @Test
  void theDocumentHasTheTable() throws IOException {
    new WrittenPart(DOCUMENT, BEGIN, END).holds(ReleaseCalls.table(), getClass());
  }
}
