package io.crossfade.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.approval.ClickPolicy.Result;
import io.crossfade.release.Versioned;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClickPolicyTest {
  private static final PendingApproval OPEN =
      PendingApproval.of(
          CallbackBench.TOKEN,
          CallbackBench.deployment(),
          CallbackBench.evidence(),
          CallbackBench.NOW.plusSeconds(60));

  @ParameterizedTest
  @CsvSource(
      useHeadersInDisplayName = true,
      textBlock =
          """
          stored   | left | choice   | own   | result
          nothing  | 60   | APPROVED | false | UNKNOWN
          open     | 60   | APPROVED | false | COUNTS
          open     | 60   | REJECTED | false | COUNTS
          open     | 1    | APPROVED | false | COUNTS
          open     | 0    | APPROVED | false | TOO_LATE
          open     | 0    | REJECTED | false | TOO_LATE
          open     | -1   | APPROVED | true  | TOO_LATE
          open     | 60   | APPROVED | true  | OWN_RELEASE
          open     | 60   | REJECTED | true  | COUNTS
          decided  | 60   | APPROVED | false | REDELIVER
          decided  | 60   | APPROVED | true  | REDELIVER
          decided  | -1   | REJECTED | false | REDELIVER
          passedOn | 60   | APPROVED | false | ALREADY_ANSWERED
          passedOn | -1   | REJECTED | true  | ALREADY_ANSWERED
          """,
      delimiter = '|')
  void everyClickHasOneResult(
      String stored, int left, ApprovalChoice choice, boolean own, Result result) {
    Click click =
        new Click(new Clicker("T1", "A1", "U1", "ada", "https://x"), choice, OPEN.nonce());
    Approvers approvers =
        Approvers.from(
            own ? "U1=an@example.com" : "U1=ada@example.com,U2=an@example.com", "", false);
    assertThat(
            ClickPolicy.decide(
                click, stored(stored), approvers, OPEN.expiresAt().minusSeconds(left)))
        .isEqualTo(result);
  }

  private static Optional<Versioned<PendingApproval>> stored(String state) {
    ApprovalDecision decision =
        new ApprovalDecision(
            ApprovalChoice.APPROVED, "U2", "grace", null, null, CallbackBench.NOW, false);
    return switch (state) {
      case "nothing" -> Optional.empty();
      case "open" -> Optional.of(new Versioned<>(OPEN, "v1"));
      case "decided" -> Optional.of(new Versioned<>(OPEN.withDecision(decision), "v2"));
      default -> Optional.of(new Versioned<>(OPEN.withDecision(decision.asDelivered()), "v3"));
    };
  }
}
