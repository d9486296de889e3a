package io.crossfade.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.approval.FakeMessenger;
import io.crossfade.approval.TestConfig;
import io.crossfade.release.ApprovalSettings;
import io.crossfade.release.Release;
import io.crossfade.release.Sample;
import io.crossfade.slack.FakeReleaseMessageStore;
import java.util.List;
import org.junit.jupiter.api.Test;
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
    var announcement =
        new ReleaseAnnouncement(
            messenger, new FakeReleaseMessageStore(), TestConfig.of(approvers, authorMay));
    Release release = approval.equals("skip") ? skipped() : Sample.release(List.of());

    var found = announcement.post(Sample.at(-1, release), Sample.START);

    assertThat(messenger.posted).hasSize(posted);
    if (problem == null) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found.orElseThrow()).startsWith("nobody can be asked for approval: " + problem);
    }
  }

  @Test
  void aPlanThatIsTriedAgainAnnouncesOnce() {
    var announcement =
        new ReleaseAnnouncement(
            messenger, new FakeReleaseMessageStore(), TestConfig.of("U12", true));
    announcement.post(Sample.at(-1), Sample.START);
    announcement.post(Sample.at(-1), Sample.START);
    assertThat(messenger.posted).hasSize(1);
  }

  private static Release skipped() {
    Release asked = Sample.release(List.of());
    return new Release(
        asked.imageUri(),
        asked.baseServiceName(),
        asked.ruleArn(),
        asked.testRuleArn(),
        asked.cluster(),
        asked.container(),
        asked.steps(),
        asked.alarms(),
        ApprovalSettings.SKIP,
        asked.health(),
        0,
        asked.checks(),
        asked.commit(),
        asked.author(),
        asked.createdAt(),
        null,
        false,
        null,
        null);
  }
}
