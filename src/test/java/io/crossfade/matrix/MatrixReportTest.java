package io.crossfade.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MatrixReportTest {
  private static final PlantedDefect DEFECT = PlantedDefect.LOCK_KEPT;
  private static final CellResult SURVIVED = result("Released", true, List.of());
  private static final CellResult FOUND =
      result("Released", true, List.of("Released, but the lock is kept"));

  private static CellResult result(String outcome, boolean reached, List<String> violations) {
    return new CellResult("a cell", outcome, "", reached, violations);
  }

  @Test
  void countsCellsAndDefectsInALineEach() {
    MatrixReport report = new MatrixReport(List.of(SURVIVED, FOUND), Map.of(DEFECT, FOUND));
    assertThat(report.resultLine()).isEqualTo("matrix: cells=2 survived=1 violated=1 unreached=0");
    assertThat(report.defectsLine()).isEqualTo("defects: planted=1 found=1");
  }

  @Test
  void passesIfEveryCellSurvivedAndEveryDefectWasFound() {
    assertThat(new MatrixReport(List.of(SURVIVED), Map.of(DEFECT, FOUND)).passed()).isTrue();
    assertThat(new MatrixReport(List.of(SURVIVED), Map.of()).passed()).isTrue();
    assertThat(new MatrixReport(List.of(), Map.of(DEFECT, FOUND)).passed()).isTrue();
  }

  @Test
  void failsIfACellDidNotSurviveOrWasNotReached() {
    assertThat(new MatrixReport(List.of(SURVIVED, FOUND), Map.of()).passed()).isFalse();
    CellResult unreached = result("Released", false, List.of());
    assertThat(new MatrixReport(List.of(unreached), Map.of()).passed()).isFalse();
  }

  @Test
  void failsIfADefectShowsNothingOrSomethingElseOrBroke() {
    CellResult other = result("Released", true, List.of("1 requests failed"));
    CellResult broken =
        result(CellResult.BROKEN, true, List.of("java.lang.Error: but the lock is kept"));
    for (CellResult result : List.of(SURVIVED, other, broken)) {
      MatrixReport report = new MatrixReport(List.of(SURVIVED), Map.of(DEFECT, result));
      assertThat(report.defectsLine()).isEqualTo("defects: planted=1 found=0");
      assertThat(report.passed()).isFalse();
    }
  }

  @Test
  void nothingTriedIsNoReport() {
    assertThatThrownBy(() -> new MatrixReport(List.of(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
