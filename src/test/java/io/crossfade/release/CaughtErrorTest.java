package io.crossfade.release;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
          x.PermanentFailure | {"errorMessage":"C:\\\\new \\u2192 5 \\/ 6"} | C:\\new → 5 / 6
          x.Odd | {"errorMessage":null,"errorType":"java.lang.StackOverflowError","stackTrace":["a.B.c(B.java:1)"]} | failed with java.lang.StackOverflowError
          x.Odd | {"errorMessage":"","errorType":"java.lang.NullPointerException","stackTrace":[]} | failed with java.lang.NullPointerException
          x.Odd | {"errorType":"java.lang.StackOverflowError","stackTrace":["a.B.c(B.java:1)"]} | failed with java.lang.StackOverflowError
          x.Odd | {"stackTrace":["a.B.c(B.java:1)"]} | failed with x.Odd
          x.Odd | {"errorMessage":"the end is cut o | the end is cut o
          x.Odd | {"errorMessage":"the end is cut\\ | the end is cut
          Lambda.Unknown | The cause could not be determined | The cause could not be determined
          """)
  void peopleGetASentence(String error, String cause, String sentence) {
    assertThat(CaughtError.sentence(error, cause)).isEqualTo(sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\\\"", "\\n", "x\\\""})
  void aCauseMayBeAsLongAsStepFunctionsLetsItBe(String part) {
    String cause = "{\"errorMessage\":\"" + part.repeat(32_000 / part.length()) + "\"}";
    assertThat(CaughtError.sentence("x.TransientFailure", cause))
        .hasSizeGreaterThanOrEqualTo(32_000 / part.length());
  }
}
