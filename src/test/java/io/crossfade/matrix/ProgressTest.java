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

class ProgressTest {
  private static final Cell FIRST = Cell.of(Course.RELEASE, "Plan", Blow.ABORTED);
  private static final Cell SECOND = Cell.of(Course.RELEASE, "Drain", Blow.ABORTED);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void oneResult() {
    file = folder.resolve("results.jsonl");
    new Progress(folder).add(survived(FIRST));
  }

  @Test
  void goesOnWhereItStood() {
    Progress later = new Progress(folder);
    assertThat(later.get(FIRST)).isEqualTo(survived(FIRST));
    assertThat(later.has(SECOND)).isFalse();
  }

  @Test
  void losesNoMoreThanTheResultThatWasBeingWrittenWhenItWasKilled() throws IOException {
    Files.writeString(file, "\n{\"cell\":\"RELEASE Pl", StandardOpenOption.APPEND);
    new Progress(folder).add(survived(SECOND));
    Progress later = new Progress(folder);
    assertThat(later.get(FIRST)).isEqualTo(survived(FIRST));
    assertThat(later.get(SECOND)).isEqualTo(survived(SECOND));
  }

  @Test
  void takesNoResultOfOtherSources() throws IOException {
    List<String> lines = Files.readAllLines(file);
    Files.writeString(file, "another digest\n" + lines.get(1));
    assertThat(new Progress(folder).has(FIRST)).isFalse();
  }

  @Test
  void triesAgainWhatWasNotReachedOrBrokeAndKeepsWhatWasViolated() {
    Progress progress = new Progress(folder);
    Cell third = Cell.of(Course.RELEASE, "Drain", Blow.TIMED_OUT);
    progress.add(new Result(FIRST.id(), "Released", "", false, List.of()));
    progress.add(new Result(SECOND.id(), Result.BROKEN, "", true, List.of("no memory")));
    progress.add(new Result(third.id(), "Released", "", true, List.of("1 requests failed")));
    Progress later = new Progress(folder);
    assertThat(later.has(FIRST)).isFalse();
    assertThat(later.has(SECOND)).isFalse();
    assertThat(later.has(third)).isTrue();
  }

  private static Result survived(Cell cell) {
    return new Result(cell.id(), "Released", "", true, List.of());
  }
}
