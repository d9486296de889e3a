package io.crossfade.release;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaughtErrorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          States.Timeout | `` | failed with States.Timeout
          `` | already a sentence | already a sentence
          x.PermanentFailure | {"errorMessage":"no \\"rule\\" there","errorType":"x"} | no "rule" there
          Lambda.Unknown | The cause could not be determined | The cause could not be determined
          """)
  void peopleGetASentence(String error, String cause, String sentence) {
    assertThat(CaughtError.sentence(error, cause)).isEqualTo(sentence);
  }
}
