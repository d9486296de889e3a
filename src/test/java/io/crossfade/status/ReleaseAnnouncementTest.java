package io.crossfade.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.release.ApprovalSettings;
import io.crossfade.release.Release;
import io.crossfade.release.Sample;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseAnnouncementTest {
  private final FakeMessenger messenger = new FakeMessenger();

  /** The author is an@example.com. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      useHeadersInDisplayName = true,
      textBlock =
          """
          approvers                               | authorMay | approval | posted | problem
          U12                                     | true      | ask      | 1      |
          U12                                     | true      | skip     | 0      |
                                                  | true      | ask      | 0      | SlackApprovers is empty
                                                  | true      | skip     | 0      |
          U12=ada@example.com                     | false     | ask      | 0      | nobody in SlackApprovers may approve a version by an@example.com.
          U12=ada@example.com,U34=an@example.com  | false     | ask      | 1      |
          U12, U34                                | true      | ask      | 0      | SlackApprovers has " U34", expected Slack user ids
          U12, U34                                | true      | skip     | 0      |
          """)
  void onlyWhatSomebodyMayApproveIsAnnounced(
      String approvers, boolean authorMay, String approval, int posted, String problem) {
    var announcement = new ReleaseAnnouncement(messenger, TestConfig.of(approvers, authorMay));

    var found = announcement.post(approval.equals("skip") ? skipped() : Sample.release(List.of()));

    assertThat(messenger.posted).hasSize(posted);
    if (problem == null) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found.orElseThrow()).startsWith("nobody can be asked for approval: " + problem);
    }
  }

  private static Release skipped() {
    Release asked = Sample.release(List.of());
    return new Release(
        asked.imageUri(),
        asked.baseServiceName(),
        asked.ruleArn(),
        asked.cluster(),
        asked.container(),
        asked.steps(),
        asked.alarms(),
        ApprovalSettings.SKIP,
        asked.health(),
        asked.commit(),
        asked.author(),
        asked.createdAt(),
        null,
        false,
        null);
  }
}
