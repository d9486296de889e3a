package io.crossfade.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.architecture.StateMachine;
import io.crossfade.architecture.StatesTest;
import java.util.Set;
import org.junit.jupiter.api.Test;

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
}
