package io.crossfade.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.approval.ApprovalChoice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Four words are answers, and nothing else is. */
class TypedAnswerTest {
  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          a,APPROVED
          approve,APPROVED
          APPROVE,APPROVED
          '  a\t',APPROVED
          r,REJECTED
          Reject,REJECTED
          """)
  void wholeWordIsAnAnswer(String line, ApprovalChoice choice) {
    assertThat(TypedAnswer.of(line)).contains(choice);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "please reject", "approved", "ar", "a r", "no", "not approve", "аpprove"})
  void anythingElseIsNone(String line) {
    assertThat(TypedAnswer.of(line)).isEmpty();
  }
}
