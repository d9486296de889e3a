package io.crossfade.infrastructure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands of a document or a script. */
final class DocumentCommands {
  private static final Pattern BLOCK = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);

  private DocumentCommands() {}

  /** Continued lines are joined; of a document only what stands after a prompt. */
  static List<String> of(String file) throws IOException {
    String text = Files.readString(Path.of(file));
    if (!file.endsWith(".md")) {
      return text.replace("\\\n", " ").lines().toList();
    }
    return BLOCK
        .matcher(text)
        .results()
        .flatMap(block -> block.group(1).replace("\\\n", " ").lines())
        .flatMap(line -> line.startsWith("$ ") ? Stream.of(line.substring(2)) : Stream.empty())
        .toList();
  }
}
