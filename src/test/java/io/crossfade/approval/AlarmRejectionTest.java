package io.crossfade.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.release.TransientFailure;
import io.crossfade.slack.PostedMessage;
import io.crossfade.slack.SlackMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlarmRejectionTest {
  private static final AlarmFired FIRED =
      new AlarmFired("backend-green-5xx", CallbackBench.NOW.plusSeconds(60));
  private static final String REJECTED =
      "rejected: the alarm backend-green-5xx fired while the release waited for an answer";

  private final CallbackBench counter = new CallbackBench();
  private final List<String> log = new ArrayList<>();
  private final AlarmRejection desk =
      new AlarmRejection(counter.approvals, counter.tasks, counter.messenger, log::add);

  @BeforeEach
  void ask() {
    PostedMessage posted = new PostedMessage("C1", "1700000000.000100");
    counter.approvals.posted(
        "run-1", new PostedApproval(counter.pending.nonce(), posted, counter.pending.evidence()));
  }

  private void take(AlarmFired fired) {
    desk.take(fired, List.of("run-1"));
  }

  private Decision decision() {
    return counter.approvals.find(counter.pending.nonce()).orElseThrow().pending().decision();
  }

  @Test
  void anAlarmRejectsOnceAndTheMessageSaysWhich() {
    take(FIRED);
    take(FIRED);
    assertThat(counter.tasks.answers).containsExactly("failed: ApprovalRejected, " + REJECTED);
    assertThat(counter.messenger.replaced)
        .singleElement()
        .extracting(SlackMessage::text)
        .asString()
        .contains("*Rejected* by the alarm `backend-green-5xx`, which fired");
    assertThat(decision().passedOn()).isTrue();
    assertThat(log).containsExactly("run-1: " + REJECTED);
  }

  @Test
  void anAlarmThatIsNotWatchedDoesNothing() {
    take(new AlarmFired("frontend-blue-5xx", CallbackBench.NOW));
    assertThat(counter.tasks.calls).isZero();
    assertThat(decision()).isNull();
  }

  @Test
  void aDeploymentThatAskedNothingIsLeftAlone() {
    desk.take(FIRED, List.of("run-0"));
    assertThat(counter.tasks.calls).isZero();
  }

  @Test
  void aPersonWhoWasQuickerHasDecided() {
    PendingApproval approved =
        counter.pending.decided(
            new Decision(ApprovalChoice.APPROVED, "U1", "ada", null, CallbackBench.NOW, false));
    counter.approvals.beforeReplace =
        () -> {
          counter.approvals.beforeReplace = () -> {};
          counter.approvals.replace(
              counter.approvals.find(approved.nonce()).orElseThrow(), approved);
        };
    take(FIRED);
    assertThat(counter.tasks.calls).isZero();
    assertThat(decision().userId()).isEqualTo("U1");
    assertThat(counter.messenger.replaced).isEmpty();
  }

  @Test
  void whatCouldNotBePassedOnIsWhenTheEventComesAgain() {
    counter.tasks.broken = true;
    assertThatThrownBy(() -> take(FIRED)).isInstanceOf(TransientFailure.class);
    counter.tasks.broken = false;
    take(FIRED);
    assertThat(counter.tasks.answers).hasSize(1);
    assertThat(counter.messenger.replaced).hasSize(1);
  }

  @Test
  void aReleaseThatDoesNotWaitAnyMoreIsNotShownAsRejected() {
    counter.tasks.end(CallbackBench.TOKEN);
    take(FIRED);
    assertThat(counter.messenger.replaced).isEmpty();
    assertThat(decision().passedOn()).isFalse();
  }

  @Test
  void aMessageThatCannotBeChangedDoesNotStandInTheWay() {
    counter.messenger.broken = true;
    take(FIRED);
    assertThat(counter.tasks.answers).hasSize(1);
    assertThat(decision().passedOn()).isTrue();
  }

  @Test
  void whatGoesWrongWithOneDeploymentDoesNotKeepTheOthersWaiting() {
    counter.approvals.posted(
        "run-0", new PostedApproval("gone", PostedMessage.UNKNOWN, CallbackBench.evidence()));
    counter.approvals.brokenNonce = "gone";
    assertThatThrownBy(() -> desk.take(FIRED, List.of("run-0", "run-1")))
        .isInstanceOf(TransientFailure.class);
    assertThat(counter.tasks.answers).hasSize(1);
    assertThat(log).contains("run-0: S3 is away");
  }

  @Test
  void aClickAfterAnAlarmIsToldWhatDecided() {
    take(FIRED);
    counter.send(counter.request(counter.click(ApprovalChoice.APPROVED, "U1")));
    assertThat(counter.messenger.whispers)
        .singleElement()
        .asString()
        .startsWith("Already answered: rejected by the alarm `backend-green-5xx`, which fired");
    assertThat(counter.tasks.answers).hasSize(1);
  }

  @Test
  void aWriteWhoseAnswerWasLostIsFoundToBeItsOwnAndPassedOn() {
    PendingApproval mine = counter.pending.decided(Decision.by(FIRED));
    counter.approvals.beforeReplace =
        () -> {
          counter.approvals.beforeReplace = () -> {};
          counter.approvals.replace(counter.approvals.find(mine.nonce()).orElseThrow(), mine);
        };
    take(FIRED);
    assertThat(counter.tasks.answers).containsExactly("failed: ApprovalRejected, " + REJECTED);
    assertThat(decision().passedOn()).isTrue();
  }

  @Test
  void aQuestionThatChangesAllTheTimeIsTriedAgainByTheEvent() {
    counter.approvals.beforeReplace =
        () -> {
          Runnable again = counter.approvals.beforeReplace;
          counter.approvals.beforeReplace = () -> {};
          counter.approvals.replace(
              counter.approvals.find(counter.pending.nonce()).orElseThrow(), counter.pending);
          counter.approvals.beforeReplace = again;
        };
    assertThatThrownBy(() -> take(FIRED)).isInstanceOf(TransientFailure.class);
    assertThat(counter.tasks.calls).isZero();
  }
}
