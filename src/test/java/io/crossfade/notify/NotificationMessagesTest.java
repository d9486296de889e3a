package io.crossfade.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.release.CheckOverride;
import io.crossfade.release.Deployment;
import io.crossfade.release.Revert;
import io.crossfade.release.Sample;
import io.crossfade.release.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NotificationMessagesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RELEASED              | Crossfade: backend released
          RELEASED_WITH_WARNING | Crossfade: backend released, but look at the old version
          REFUSED               | Crossfade: backend refused, nothing was changed
          ROLLED_BACK           | Crossfade: backend rolled back, everything is as it was
          RESTORE_INCOMPLETE    | Crossfade: backend ACT NOW: not restored
          """)
  void theSubjectSaysHowItEnded(Outcome outcome, String subject) {
    assertThat(NotificationMessages.of(outcome, Sample.at(1), Optional.empty()).subject())
        .isEqualTo(subject);
  }

  @Test
  void theBodyTellsTheReasonTheImageAndTheStory() {
    Deployment deployment =
        Sample.at(1)
            .recordEvent("backend-green gets 50 % of the traffic", Sample.START)
            .with(new Verdict("RESTORED", "errors is ALARM", 0, false));
    assertThat(
            NotificationMessages.of(Outcome.ROLLED_BACK, deployment, Optional.of("https://report"))
                .body())
        .contains("Outcome: RolledBack")
        .contains("Reason: errors is ALARM")
        .contains("Image: " + Sample.IMAGE)
        .contains("Commit: abc1234")
        .contains("Report: https://report")
        .contains("2026-01-31T12:00:00Z  backend-green gets 50 % of the traffic");
  }

  /** A name of a pipeline's execution is long, and the outcome has its place all the same. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run-0                                        | Crossfade: backend (revert of run-0) rolled back, everything is as it was
          release-0123456789ab-0123456789ab-0123456789 | Crossfade: backend (revert of release-0123456789ab-0123456789ab-012345) rolled back, everything is a
          """)
  void aRevertSaysOfWhatAndByWhomAndWhy(String taken, String subject) {
    Deployment revert = Sample.at(0, Sample.revert("image:1", new Revert(taken, "slow", "ann")));
    Notification told = NotificationMessages.of(Outcome.ROLLED_BACK, revert, Optional.empty());
    assertThat(told.subject()).isEqualTo(subject);
    assertThat(told.body())
        .contains("\nAsked for: revert of %s by ann: slow\nImage: image:1\n".formatted(taken));
  }

  @Test
  void theBodySaysWhereThereIsNoReport() {
    assertThat(NotificationMessages.of(Outcome.RELEASED, Sample.at(1), Optional.empty()).body())
        .contains("Report: none could be written; the function's log says why");
  }

  @Test
  void aPageSaysThatNothingMoreIsTriedAndWhatToDo() {
    Deployment left = Sample.at(1).with(new Verdict("INCOMPLETE", "the last failed", 0, false));
    Notification page = NotificationMessages.givenUp(left);
    assertThat(page.subject())
        .isEqualTo("Crossfade: backend ACT NOW: not restored, nothing more is tried");
    assertThat(page.body())
        .contains("Outcome: RestoreIncomplete")
        .contains("Reason: the last failed")
        .endsWith("then start an execution with {\"restore\": \"run-1\"}.");
  }

  @Test
  void anOverrideIsOnTheRecord() {
    CheckOverride override =
        new CheckOverride(
            List.of(CheckOverride.Check.NO_ALARMS, CheckOverride.Check.OLDER_BUILD),
            "An",
            "first release");
    Deployment deployment = Sample.at(1, Sample.release(List.of(), override));
    assertThat(
            NotificationMessages.of(Outcome.RELEASED, deployment, Optional.of("https://report"))
                .body())
        .contains("Override: no-alarms, older-build by An, because first release");
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void theSubjectFitsIntoSns(Outcome outcome) {
    Deployment refused = Deployment.refused("Bữa-tối-" + "x".repeat(200), "arn", "nothing fits");
    String subject =
        NotificationMessages.of(outcome, refused, Optional.of("https://report")).subject();
    assertThat(subject).matches("[ -~]{1,100}");
  }
}
