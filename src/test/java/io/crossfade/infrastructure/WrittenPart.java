package io.crossfade.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The part of a document that a test writes, with {@code -Ddocs=write}, and holds otherwise.
 *
 * @param begin the mark before it
 * @param end the mark after it
 */
public record WrittenPart(Path document, String begin, String end) {
  /**
   * @param test whose name the failure tells
   */
  public void holds(String part, Class<?> test) throws IOException {
    String text = Files.readString(document);
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(end);
    if ("write".equals(System.getProperty("docs"))) {
      Files.writeString(document, text.substring(0, from) + part + text.substring(to));
    } else {
      assertThat(text.substring(from, to))
          .as("mvn test -Dtest=%s -Ddocs=write writes it anew", test.getSimpleName())
          .isEqualTo(part);
    }
  }
}
