package io.crossfade.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.execution.ExecutionStatus;
import io.crossfade.lock.Lock;
import io.crossfade.release.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreRequestPolicyTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          ABORTED, -,     -,     -,     UNKNOWN,     -
          ABORTED, run-1, run-1, false, ABORTED, -
          ABORTED, run-1, run-1, true,  ABORTED, -
          SUCCEEDED,   run-1, run-1, true,  SUCCEEDED,   run-1 is over
          SUCCEEDED,   run-1, run-1, false, SUCCEEDED,   -
          UNKNOWN,     run-1, run-1, false, UNKNOWN,     -
          ABORTED, run-1, mine,  false, RUNNING,     -
          RUNNING,     run-1, run-1, false, RUNNING,     run-1 is still running
          ABORTED, run-1, again, false, RUNNING,     run-1 is being restored already: run-1 (again)
          ABORTED, run-1, again, false, ABORTED, -
          ABORTED, run-2, run-2, false, RUNNING,     this rule is locked by run-2 (run-2)
          ABORTED, run-2, run-2, false, ABORTED, this rule is locked by run-2 (run-2)
          ABORTED, run-2, run-2, true,  SUCCEEDED,   run-2 (run-2) since 2026-01-31T12:00:00Z has had the rule since
          """)
  void refusals(
      ExecutionStatus original,
      String deployment,
      String execution,
      Boolean released,
      ExecutionStatus holder,
      String refusal) {
    var answer =
        RestoreRequestPolicy.refusal(
            Sample.at(1), original, lock(deployment, execution, released), holder, "mine");
    if (refusal == null) {
      assertThat(answer).isEmpty();
    } else {
      assertThat(answer).hasValueSatisfying(said -> assertThat(said).startsWith(refusal));
    }
  }

  @Test
  void whatIsNotStoredIsToldSo() {
    assertThat(RestoreRequestPolicy.unknown("run-9"))
        .isEqualTo("no deployment \"run-9\" is stored, so there is nothing to go back to");
  }

  private static Lock lock(String deployment, String execution, Boolean released) {
    return deployment == null
        ? null
        : new Lock(Sample.RULE, deployment, execution, Sample.START, released, null);
  }
}
