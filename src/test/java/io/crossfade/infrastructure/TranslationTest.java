package io.crossfade.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The README's first half in another language says and shows the same. */
class TranslationTest {
  /** Where the part that is translated ends. */
  private static final String END = "\n## Why not ";

  /** What no translation changes: blocks, code, and where links and pictures lead. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          blocks of commands and output | (?s)```\\w*\\n.*?```
          code in sentences             | (?<!`)`[^`\\n]+`(?!`)
          links and pictures            | (?<=\\]\\()[^)]+(?=\\))|(?<=srcset=\\")[^\\"]+|(?<=src=\\")[^\\"]+
          """)
  void everyCommandAndLinkIsTheSame(String what, String pattern) throws IOException {
    String english = Files.readString(Path.of("README.md"));
    List<String> here = found(english.substring(0, english.indexOf(END)), pattern);
    List<String> there = found(Files.readString(Path.of("README.vi.md")), pattern);
    assertThat(here).as(what).isNotEmpty();
    assertThat(without(there, Set.of("README.md")))
        .as(what)
        .isEqualTo(without(here, Set.of("README.vi.md")));
  }

  private static List<String> found(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(result -> result.group()).toList();
  }

  /** But for the links to each other. */
  private static List<String> without(List<String> all, Set<String> some) {
    return all.stream().filter(one -> !some.contains(one)).toList();
  }
}
