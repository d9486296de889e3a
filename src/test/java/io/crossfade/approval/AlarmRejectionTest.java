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

  private final CallbackBench bench = new CallbackBench();
  private final List<String> log = new ArrayList<>();
  private final AlarmRejection rejection =
      new AlarmRejection(bench.approvals, bench.delivery(), bench.messenger, log::add);

  @BeforeEach
  void ask() {
    PostedMessage posted = new PostedMessage("C1", "1700000000.000100");
    bench.approvals.posted(
        "run-1", new PostedApproval(bench.pending.nonce(), posted, bench.pending.evidence()));
  }

  private void take(AlarmFired fired) {
    rejection.take(fired, List.of("run-1"));
  }

  private ApprovalDecision decision() {
    return bench.approvals.find(bench.pending.nonce()).orElseThrow().document().decision();
  }

  @Test
  void anAlarmRejectsOnceAndTheMessageSaysWhich() {
    take(FIRED);
    take(FIRED);
    assertThat(bench.tasks.answers).containsExactly("failed: ApprovalRejected, " + REJECTED);
    assertThat(bench.messenger.replaced)
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
    assertThat(bench.tasks.calls).isZero();
    assertThat(decision()).isNull();
  }

  @Test
  void aDeploymentThatAskedNothingIsLeftAlone() {
    rejection.take(FIRED, List.of("run-0"));
    assertThat(bench.tasks.calls).isZero();
  }

  @Test
  void aPersonWhoWasQuickerHasDecided() {
    PendingApproval approved =
        bench.pending.withDecision(
            new ApprovalDecision(
                ApprovalChoice.APPROVED, "U1", "ada", null, null, CallbackBench.NOW, false));
    bench.approvals.beforeReplace =
        () -> {
          bench.approvals.beforeReplace = () -> {};
          bench.approvals.replace(bench.approvals.find(approved.nonce()).orElseThrow(), approved);
        };
    take(FIRED);
    assertThat(bench.tasks.calls).isZero();
    assertThat(decision().userId()).isEqualTo("U1");
    assertThat(bench.messenger.replaced).isEmpty();
  }

  @Test
  void whatCouldNotBePassedOnIsWhenTheEventComesAgain() {
    bench.tasks.broken = true;
    assertThatThrownBy(() -> take(FIRED)).isInstanceOf(TransientFailure.class);
    bench.tasks.broken = false;
    take(FIRED);
    assertThat(bench.tasks.answers).hasSize(1);
    assertThat(bench.messenger.replaced).hasSize(1);
  }

  @Test
  void aReleaseThatDoesNotWaitAnyMoreIsNotShownAsRejected() {
    bench.tasks.end(CallbackBench.TOKEN);
    take(FIRED);
    assertThat(bench.messenger.replaced).isEmpty();
    assertThat(decision().passedOn()).isFalse();
  }

  @Test
  void aMessageThatCannotBeChangedDoesNotStandInTheWay() {
    bench.messenger.broken = true;
    take(FIRED);
    assertThat(bench.tasks.answers).hasSize(1);
    assertThat(decision().passedOn()).isTrue();
  }

  @Test
  void whatGoesWrongWithOneDeploymentDoesNotKeepTheOthersWaiting() {
    bench.approvals.posted(
        "run-0", new PostedApproval("gone", PostedMessage.UNKNOWN, CallbackBench.evidence()));
    bench.approvals.brokenNonce = "gone";
    assertThatThrownBy(() -> rejection.take(FIRED, List.of("run-0", "run-1")))
        .isInstanceOf(TransientFailure.class);
    assertThat(bench.tasks.answers).hasSize(1);
    assertThat(log).contains("run-0: S3 is away");
  }

  @Test
  void aClickAfterAnAlarmIsToldWhatDecided() {
    take(FIRED);
    bench.send(bench.request(bench.click(ApprovalChoice.APPROVED, "U1")));
    assertThat(bench.messenger.whispers)
        .singleElement()
        .asString()
        .startsWith("Already answered: rejected by the alarm `backend-green-5xx`, which fired");
    assertThat(bench.tasks.answers).hasSize(1);
  }

  @Test
  void aWriteWhoseAnswerWasLostIsFoundToBeItsOwnAndPassedOn() {
    PendingApproval mine = bench.pending.withDecision(ApprovalDecision.by(FIRED));
    bench.approvals.beforeReplace =
        () -> {
          bench.approvals.beforeReplace = () -> {};
          bench.approvals.replace(bench.approvals.find(mine.nonce()).orElseThrow(), mine);
        };
    take(FIRED);
    assertThat(bench.tasks.answers).containsExactly("failed: ApprovalRejected, " + REJECTED);
    assertThat(decision().passedOn()).isTrue();
  }

  @Test
  void aQuestionThatChangesAllTheTimeIsTriedAgainByTheEvent() {
    bench.approvals.beforeReplace =
        () -> {
          Runnable again = bench.approvals.beforeReplace;
          bench.approvals.beforeReplace = () -> {};
          bench.approvals.replace(
              bench.approvals.find(bench.pending.nonce()).orElseThrow(), bench.pending);
          bench.approvals.beforeReplace = again;
        };
    assertThatThrownBy(() -> take(FIRED)).isInstanceOf(TransientFailure.class);
    assertThat(bench.tasks.calls).isZero();
  }
}
