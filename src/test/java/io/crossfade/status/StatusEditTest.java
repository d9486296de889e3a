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
          posted  | shown | ended   | status | execution | again | edit
          bot     | 10    |         | 20     | run-1     | false | EDIT
          bot     | 20    |         | 20     | run-1     | false | KEEP
          bot     | 30    |         | 20     | run-1     | false | KEEP
          bot     | 20    | run-1   | 30     | run-1     | false | KEEP
          bot     | 20    | run-1   | 10     | run-1     | false | KEEP
          bot     | 20    | run-1   | 30     | restore-1 | false | EDIT
          bot     | 20    | run-1   | 10     | restore-1 | false | KEEP
          bot     | 20    |         | 20     | run-1     | true  | EDIT
          bot     | 20    |         | 30     | run-1     | true  | EDIT
          bot     | 20    |         | 10     | run-1     | true  | KEEP
          bot     | 20    | run-1   | 20     | run-1     | true  | EDIT
          bot     | 20    | run-1   | 10     | run-1     | true  | KEEP
          webhook | 10    |         | 20     | run-1     | false | IMPOSSIBLE
          webhook | 10    |         | 20     | run-1     | true  | IMPOSSIBLE
          """)
  void nothingOlderReplacesAnythingNewerAndNothingAnOutcome(
      String posted,
      int shown,
      String ended,
      int at,
      String execution,
      boolean again,
      StatusEdit edit) {
    PostedMessage where =
        posted.equals("bot") ? new PostedMessage("C1", "1.1") : PostedMessage.UNKNOWN;
    ReleaseMessage message =
        new ReleaseMessage(where, Sample.START.plusSeconds(shown), null, ended);
    ReleaseStatus status =
        new ReleaseStatus(Sample.at(0).continuedBy(execution), null, Sample.START.plusSeconds(at));

    assertThat(StatusEdit.decide(message, status, again)).isEqualTo(edit);
  }
}
