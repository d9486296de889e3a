package io.crossfade.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultLogTest {
  private static final MatrixCell FIRST =
      MatrixCell.of(ReleasePath.RELEASE, "Plan", FaultKind.ABORTED);
  private static final MatrixCell SECOND =
      MatrixCell.of(ReleasePath.RELEASE, "Drain", FaultKind.ABORTED);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void oneResult() {
    file = folder.resolve("results.jsonl");
    new ResultLog(folder).add(survived(FIRST));
  }

  @Test
  void goesOnWhereItStood() {
    ResultLog later = new ResultLog(folder);
    assertThat(later.get(FIRST.id())).isEqualTo(survived(FIRST));
    assertThat(later.has(SECOND.id())).isFalse();
  }

  @Test
  void losesNoMoreThanTheResultThatWasBeingWrittenWhenItWasKilled() throws IOException {
    Files.writeString(file, "\n{\"cell\":\"RELEASE Pl", StandardOpenOption.APPEND);
    new ResultLog(folder).add(survived(SECOND));
    ResultLog later = new ResultLog(folder);
    assertThat(later.get(FIRST.id())).isEqualTo(survived(FIRST));
    assertThat(later.get(SECOND.id())).isEqualTo(survived(SECOND));
  }

  @Test
  void takesNoResultOfOtherSources() throws IOException {
    List<String> lines = Files.readAllLines(file);
    Files.writeString(file, "another digest\n" + lines.get(1));
    assertThat(new ResultLog(folder).has(FIRST.id())).isFalse();
  }

  @Test
  void triesAgainWhatWasNotReachedOrBrokeAndKeepsWhatWasViolated() {
    ResultLog progress = new ResultLog(folder);
    MatrixCell third = MatrixCell.of(ReleasePath.RELEASE, "Drain", FaultKind.TIMED_OUT);
    progress.add(new CellResult(FIRST.id(), "Released", "", false, List.of()));
    progress.add(new CellResult(SECOND.id(), CellResult.BROKEN, "", true, List.of("no memory")));
    progress.add(new CellResult(third.id(), "Released", "", true, List.of("1 requests failed")));
    ResultLog later = new ResultLog(folder);
    assertThat(later.has(FIRST.id())).isFalse();
    assertThat(later.has(SECOND.id())).isFalse();
    assertThat(later.has(third.id())).isTrue();
  }

  private static CellResult survived(MatrixCell cell) {
    return new CellResult(cell.id(), "Released", "", true, List.of());
  }
}
