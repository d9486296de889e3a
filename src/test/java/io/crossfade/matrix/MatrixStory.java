package io.crossfade.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.story.StoryFunctions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Some cells and some defects of the crash matrix; {@link Matrix} has all of them. */
class MatrixStory {
  private static final Worker WORKER = StoryFunctions.WORKER;
  private static EndState released;

  @BeforeAll
  static void releaseOnce() throws Exception {
    try (CellRun run = new CellRun(WORKER, ReleasePath.RELEASE, PlantedDefect.NONE)) {
      released = run.record().end();
    }
  }

  /** A call that fails, one that hangs, a stale answer, a process that dies, an interruption. */
  static Stream<MatrixCell> cells() {
    return Stream.of(
        call("ShiftTraffic", "elasticloadbalancing:ModifyRule", 2, FaultKind.FAILED_BEFORE),
        call("CheckAlarms", "monitoring:DescribeAlarms", 2, FaultKind.HANGING),
        call("ShiftTraffic", "elasticloadbalancing:DescribeRules", 7, FaultKind.STALE),
        call("ShiftTraffic", "elasticloadbalancing:DescribeRules", 4, FaultKind.KILLED_AFTER),
        MatrixCell.of(ReleasePath.RELEASE, "ScaleIn", FaultKind.ABORTED));
  }

  private static MatrixCell call(String state, String operation, int nth, FaultKind kind) {
    return new MatrixCell(ReleasePath.RELEASE, state, state + "Function", operation, nth, kind);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void whateverGoesWrongNothingIsLeftHalfDone(MatrixCell cell) throws Exception {
    try (CellRun run = new CellRun(WORKER, cell.path(), PlantedDefect.NONE)) {
      CellResult result = run.run(cell, released);
      assertThat(result.violations()).as(result.toString()).isEmpty();
      assertThat(result.reached()).as(result.toString()).isTrue();
    }
  }

  /** One in what a function is given, one in the state machine. */
  @ParameterizedTest
  @EnumSource(names = {"RESTORED_FROM_CONFIGURATION", "FAILURE_IGNORED"})
  void aPlantedDefectIsFound(PlantedDefect defect) throws Exception {
    try (CellRun run = new CellRun(WORKER, defect.cell.path(), defect)) {
      CellResult result = run.run(defect.cell, released);
      assertThat(defect.isFoundBy(result)).as(result.toString()).isTrue();
    }
  }
}
