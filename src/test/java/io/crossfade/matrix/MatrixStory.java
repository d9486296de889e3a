package io.crossfade.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Some cells of the crash matrix, one of every kind, and whether it finds what is planted. */
class MatrixStory {
  private static Worker lane;
  private static EndState released;

  @BeforeAll
  static void releaseOnce() throws Exception {
    lane = new Worker(Path.of("target", "matrix", "story"));
    try (CellRun trial = new CellRun(lane, ReleasePath.RELEASE, PlantedDefect.NONE)) {
      released = trial.record().end();
    }
  }

  @AfterAll
  static void close() {
    lane.close();
  }

  static Stream<MatrixCell> cells() {
    return Stream.of(
        call("ShiftTraffic", "elasticloadbalancing:ModifyRule", 3, FaultKind.THROTTLED),
        call("ScaleOut", "ecs:UpdateService", 1, FaultKind.FAILED_BEFORE),
        call("ShiftTraffic", "elasticloadbalancing:ModifyRule", 2, FaultKind.FAILED_BEFORE),
        call("ScaleIn", "ecs:UpdateService", 1, FaultKind.FAILED_AFTER),
        call("ScaleIn", "ecs:UpdateService", 1, FaultKind.FAILED_BEFORE),
        call("CheckAlarms", "monitoring:DescribeAlarms", 2, FaultKind.HANGING),
        call("ShiftTraffic", "elasticloadbalancing:DescribeRules", 5, FaultKind.STALE),
        call("ShiftTraffic", "elasticloadbalancing:DescribeRules", 3, FaultKind.KILLED_AFTER),
        call("CheckDrain", "elasticloadbalancing:DescribeRules", 1, FaultKind.KILLED_BEFORE),
        MatrixCell.of(ReleasePath.RELEASE, "RequestApproval", FaultKind.ABORTED),
        MatrixCell.of(ReleasePath.RELEASE, "ScaleIn", FaultKind.ABORTED),
        MatrixCell.of(ReleasePath.RELEASE, "Bake", FaultKind.TIMED_OUT),
        MatrixCell.of(ReleasePath.RELEASE, "ShiftTraffic", FaultKind.LOCK_LOST),
        new MatrixCell(
            ReleasePath.ROLLBACK,
            "Rollback",
            "RollbackFunction",
            "elasticloadbalancing:ModifyRule",
            1,
            FaultKind.FAILED_BEFORE));
  }

  private static MatrixCell call(String state, String operation, int nth, FaultKind blow) {
    return new MatrixCell(ReleasePath.RELEASE, state, state + "Function", operation, nth, blow);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void whateverGoesWrongNothingIsLeftHalfDone(MatrixCell cell) throws Exception {
    try (CellRun trial = new CellRun(lane, cell.course(), PlantedDefect.NONE)) {
      CellResult result = trial.run(cell, released);
      assertThat(result.violations()).as(result.toString()).isEmpty();
      assertThat(result.reached()).as(result.toString()).isTrue();
    }
  }

  static Stream<PlantedDefect> defects() {
    return Arrays.stream(PlantedDefect.values()).filter(defect -> defect != PlantedDefect.NONE);
  }

  @ParameterizedTest
  @MethodSource("defects")
  void aPlantedDefectIsFound(PlantedDefect defect) throws Exception {
    try (CellRun trial = new CellRun(lane, defect.cell.course(), defect)) {
      CellResult result = trial.run(defect.cell, released);
      assertThat(result.violations())
          .as(result.toString())
          .anyMatch(violation -> violation.contains(defect.violation));
    }
  }
}
