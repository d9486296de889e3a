package io.crossfade.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.architecture.StateMachine;
import io.crossfade.architecture.StatesTest;
import io.crossfade.localaws.faults.RecordedCall;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the matrix knows of the state machine is what the state machine says. */
class MatrixCellsTest {
  @Test
  void noCellIsForAStateThatEndsAnExecution() {
    assertThat(MatrixCells.ENDS)
        .containsExactlyInAnyOrderElementsOf(StateMachine.ofType("Succeed", "Fail"));
  }

  /** The checks of a restore ask for the lock, too, but change nothing. */
  @Test
  void theLockIsTakenAwayFromEveryStateThatChangesSomething() {
    Set<String> guarded = StatesTest.guardedTasks();
    guarded.removeAll(Set.of("CheckRestore", "ExplainRestore"));
    assertThat(MatrixCells.CHANGING).containsExactlyInAnyOrderElementsOf(guarded);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # a read made twice in the same words, can be answered as before
          elasticloadbalancing, DescribeRules,  true
          monitoring,           DescribeAlarms, true
          monitoring,           GetMetricData,  false
          s3,                   GetObject,      false
          secretsmanager,       GetSecretValue, false
          ecs,                  UpdateService,  false
          """)
  void staleAreOnlyReadsThatAWorldRepeatsInTheSameWords(
      String service, String operation, boolean stale) {
    RecordedCall first = call(service, operation, 1);
    RecordedCall again = call(service, operation, 2);
    var recording = new CellRun.Recording(List.of(first, again), List.of(), null);

    assertThat(MatrixCells.of(ReleasePath.RELEASE, recording, Set.of()))
        .filteredOn(cell -> cell.kind() == FaultKind.STALE)
        .extracting(MatrixCell::nth)
        .isEqualTo(stale ? List.of(2) : List.of());
  }

  private static RecordedCall call(String service, String operation, int nth) {
    return new RecordedCall(
        nth, "CheckDrainFunction", service, operation, "CheckDrain", nth, "the same words");
  }
}
