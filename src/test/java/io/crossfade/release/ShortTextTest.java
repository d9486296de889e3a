package io.crossfade.release;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortTextTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          release, 7, release
          release, 3, rel
          ab😀,    4, ab😀
          ab😀,    3, ab
          ab😀c,   4, ab😀
          """)
  void noCharacterIsCutInTwo(String text, int most, String beginning) {
    assertThat(ShortText.beginning(text, most)).isEqualTo(beginning);
  }
}
