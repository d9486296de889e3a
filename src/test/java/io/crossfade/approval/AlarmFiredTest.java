package io.crossfade.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.release.Sample;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The last step began at 12:00, the question is open from 14:00 to 15:00. */
class AlarmFiredTest {
  private static final String WATCHED = "backend-green-5xx";

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          backend-green-5xx, PT2H10M, -,                 -,     REJECTS
          backend-green-5xx, PT0S,    -,                 -,     REJECTS
          backend-green-5xx, PT-1S,   -,                 -,     NONE
          backend-green-5xx, PT3H,    -,                 -,     NONE
          frontend-blue-5xx, PT2H10M, -,                 -,     NONE
          backend-green-5xx, PT2H10M, ada,               true,  NONE
          backend-green-5xx, PT2H10M, ada,               false, NONE
          backend-green-5xx, PT2H10M, another-alarm,     false, NONE
          backend-green-5xx, PT2H10M, backend-green-5xx, true,  NONE
          backend-green-5xx, PT2H10M, backend-green-5xx, false, REDELIVER
          backend-green-5xx, PT3H,    backend-green-5xx, false, REDELIVER
          """)
  void whatAnAlarmMeansForAQuestion(
      String alarm, Duration after, String decidedBy, Boolean passedOn, String effect) {
    PendingApproval open =
        PendingApproval.of(
            CallbackBench.TOKEN,
            CallbackBench.deployment(),
            CallbackBench.evidence(),
            Sample.START.plus(Duration.ofHours(3)));
    PendingApproval pending =
        decidedBy == null ? open : open.withDecision(decision(decidedBy, passedOn));
    AlarmFired fired = new AlarmFired(alarm, Sample.START.plus(after));
    boolean answers = decidedBy == null && fired.answers(pending);
    boolean redelivers =
        decidedBy != null && pending.decision().awaitsDelivery(ApprovalDecision.by(fired));
    assertThat(answers ? "REJECTS" : redelivers ? "REDELIVER" : "NONE").isEqualTo(effect);
  }

  private static ApprovalDecision decision(String by, boolean passedOn) {
    ApprovalDecision made =
        by.equals("ada")
            ? new ApprovalDecision(
                ApprovalChoice.APPROVED, "U1", "ada", null, null, CallbackBench.NOW, false)
            : ApprovalDecision.by(new AlarmFired(by, CallbackBench.NOW));
    return passedOn ? made.asDelivered() : made;
  }

  @ParameterizedTest
  @CsvSource({WATCHED + ", true", "frontend-blue-5xx, false"})
  void concernsAReleaseThatWatchedIt(String alarm, boolean concerned) {
    assertThat(new AlarmFired(alarm, CallbackBench.NOW).concerns(CallbackBench.evidence()))
        .isEqualTo(concerned);
  }
}
