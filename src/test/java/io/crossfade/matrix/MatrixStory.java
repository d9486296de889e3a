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
  private static Lane lane;
  private static EndState released;

  @BeforeAll
  static void releaseOnce() throws Exception {
    lane = new Lane(Path.of("target", "matrix", "story"));
    try (Trial trial = new Trial(lane, Course.RELEASE, Defect.NONE)) {
      released = trial.record().end();
    }
  }

  @AfterAll
  static void close() {
    lane.close();
  }

  static Stream<Cell> cells() {
    return Stream.of(
        call("ShiftTraffic", "elasticloadbalancing:ModifyRule", 3, Blow.THROTTLED),
        call("ScaleOut", "ecs:UpdateService", 1, Blow.FAILED_BEFORE),
        call("ShiftTraffic", "elasticloadbalancing:ModifyRule", 2, Blow.FAILED_BEFORE),
        call("ScaleIn", "ecs:UpdateService", 1, Blow.FAILED_AFTER),
        call("ScaleIn", "ecs:UpdateService", 1, Blow.FAILED_BEFORE),
        call("CheckAlarms", "monitoring:DescribeAlarms", 2, Blow.HANGING),
        call("ShiftTraffic", "elasticloadbalancing:DescribeRules", 5, Blow.STALE),
        call("ShiftTraffic", "elasticloadbalancing:DescribeRules", 3, Blow.KILLED_AFTER),
        call("CheckDrain", "elasticloadbalancing:DescribeRules", 1, Blow.KILLED_BEFORE),
        Cell.of(Course.RELEASE, "RequestApproval", Blow.ABORTED),
        Cell.of(Course.RELEASE, "ScaleIn", Blow.ABORTED),
        Cell.of(Course.RELEASE, "Bake", Blow.TIMED_OUT),
        Cell.of(Course.RELEASE, "ShiftTraffic", Blow.LOCK_LOST),
        new Cell(
            Course.ROLLBACK,
            "Rollback",
            "RollbackFunction",
            "elasticloadbalancing:ModifyRule",
            1,
            Blow.FAILED_BEFORE));
  }

  private static Cell call(String state, String operation, int nth, Blow blow) {
    return new Cell(Course.RELEASE, state, state + "Function", operation, nth, blow);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void whateverGoesWrongNothingIsLeftHalfDone(Cell cell) throws Exception {
    try (Trial trial = new Trial(lane, cell.course(), Defect.NONE)) {
      Result result = trial.run(cell, released);
      assertThat(result.violations()).as(result.toString()).isEmpty();
      assertThat(result.reached()).as(result.toString()).isTrue();
    }
  }

  static Stream<Defect> defects() {
    return Arrays.stream(Defect.values()).filter(defect -> defect != Defect.NONE);
  }

  @ParameterizedTest
  @MethodSource("defects")
  void aPlantedDefectIsFound(Defect defect) throws Exception {
    try (Trial trial = new Trial(lane, defect.cell.course(), defect)) {
      Result result = trial.run(defect.cell, released);
      assertThat(result.violations())
          .as(result.toString())
          .anyMatch(violation -> violation.contains(defect.violation));
    }
  }
}
