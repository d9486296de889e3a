package io.crossfade.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.release.Sample;
import io.crossfade.slack.PostedMessage;
import io.crossfade.slack.ReleaseMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusEditTest {
  /** Times in seconds; ended is the execution whose outcome the message tells. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      useHeadersInDisplayName = true,
      textBlock =
          """
          posted  | shown | ended   | status | execution | edit
          bot     | 10    |         | 20     | run-1     | EDIT
          bot     | 20    |         | 20     | run-1     | KEEP
          bot     | 30    |         | 20     | run-1     | KEEP
          bot     | 20    | run-1   | 30     | run-1     | KEEP
          bot     | 20    | run-1   | 10     | run-1     | KEEP
          bot     | 20    | run-1   | 30     | restore-1 | EDIT
          bot     | 20    | run-1   | 10     | restore-1 | KEEP
          webhook | 10    |         | 20     | run-1     | IMPOSSIBLE
          """)
  void nothingOlderReplacesAnythingNewerAndNothingAnOutcome(
      String posted, int shown, String ended, int at, String execution, StatusEdit edit) {
    PostedMessage where =
        posted.equals("bot") ? new PostedMessage("C1", "1.1") : PostedMessage.UNKNOWN;
    ReleaseMessage message =
        ReleaseMessage.begun(where, Sample.START).shown(Sample.START.plusSeconds(shown), ended);
    ReleaseStatus status =
        new ReleaseStatus(Sample.at(0).continuedBy(execution), null, Sample.START.plusSeconds(at));

    assertThat(StatusEdit.decide(message, status)).isEqualTo(edit);
  }
}
