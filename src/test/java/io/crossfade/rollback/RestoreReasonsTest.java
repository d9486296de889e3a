package io.crossfade.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.release.Approval;
import io.crossfade.release.CaughtError;
import io.crossfade.release.Deployment;
import io.crossfade.release.Phase;
import io.crossfade.release.Sample;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreReasonsTest {
  /** The first look at the drain has the phase of the question still. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AWAITING_APPROVAL | false | nobody answered within 3600 s; no answer is a rejection
          AWAITING_APPROVAL | true  | failed with States.Timeout
          BAKING            | false | failed with States.Timeout
          """)
  void onlyAQuestionThatHasNoAnswerIsUnanswered(Phase phase, boolean answered, String reason) {
    Deployment asked = Sample.at(3);
    Deployment late =
        Sample.caught(
            asked
                .with(asked.progress().in(phase))
                .with(answered ? new Approval("U1", "Ann", Sample.START) : null),
            CaughtError.TIMEOUT,
            null);
    assertThat(RestoreReasons.of(late)).isEqualTo(reason);
  }
}
