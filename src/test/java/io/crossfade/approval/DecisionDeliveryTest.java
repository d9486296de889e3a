package io.crossfade.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.command.Command;
import io.crossfade.command.GivenCommand;
import io.crossfade.slack.PostedMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionDeliveryTest {
  private static GivenCommand rollback(String why) {
    return new GivenCommand(
        "c-1", Command.ROLLBACK, null, "arn:ann", why, CallbackBench.NOW.plusSeconds(1));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          -,     false, failed: ApprovalRejected
          slow,  false, failed: ApprovalRejected
          slow,  true,  -
          other, false, -
          ada,   false, -
          """)
  void aRollbackEndsAnOpenQuestionAndIsDeliveredOnce(
      String decidedBy, boolean passedOn, String answer) {
    CallbackBench bench = new CallbackBench();
    bench.approvals.posted(
        "run-1",
        new PostedApproval(bench.pending.nonce(), PostedMessage.UNKNOWN, bench.pending.evidence()));
    if (decidedBy != null) {
      ApprovalDecision made =
          decidedBy.equals("ada")
              ? new ApprovalDecision(
                  ApprovalChoice.APPROVED, "U1", "ada", null, null, CallbackBench.NOW, false)
              : ApprovalDecision.by(rollback(decidedBy));
      bench.approvals.replace(
          bench.approvals.find(bench.pending.nonce()).orElseThrow(),
          bench.pending.withDecision(passedOn ? made.asDelivered() : made));
    }
    bench.delivery().reject("run-1", rollback("slow"));
    assertThat(bench.tasks.answers).hasSize(answer == null ? 0 : 1);
    assertThat(bench.tasks.answers).allSatisfy(given -> assertThat(given).startsWith(answer));
  }
}
