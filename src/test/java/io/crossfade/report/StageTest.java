package io.crossfade.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.report.ReleaseReport.Ending;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageTest {
  private static final List<Stage> STAGES = Stage.of(SampleReports.rolledBack());

  /** Seconds since the start, what happened, and what the two versions were sent. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      useHeadersInDisplayName = true,
      textBlock =
          """
          stage | weight | from | to   | events | new  | failed | old  | healthy | alarms
          0     | 0      | 0    | 480  | 3      | 0    | 0      | 5116 | 0       | 1
          1     | 25     | 480  | 840  | 1      | 962  | 0      | 2894 | 4       | 0
          2     | 50     | 840  | 1200 | 2      | 1965 | 72     | 1965 | 4       | 1
          3     | 0      | 1200 | 1800 | 0      | 0    | 0      | 6425 | 0       | 1
          """)
  void everythingBelongsToTheStageInWhichItWas(
      int stage,
      int weight,
      long from,
      long to,
      int events,
      long ofNew,
      long failed,
      long ofOld,
      int healthy,
      int alarms) {
    Stage found = STAGES.get(stage);
    assertThat(found.canary()).isEqualTo(weight);
    assertThat(found.from()).isEqualTo(SampleReports.START.plusSeconds(from));
    assertThat(found.to()).isEqualTo(SampleReports.START.plusSeconds(to));
    assertThat(found.events()).hasSize(events);
    assertThat(found.requests().getOrDefault(SampleReports.NEW, Samples.Count.NONE))
        .isEqualTo(new Samples.Count(ofNew, failed));
    assertThat(found.requests().get(SampleReports.OLD)).isEqualTo(new Samples.Count(ofOld, 0));
    assertThat(found.leastHealthy()).containsEntry(SampleReports.NEW, healthy);
    assertThat(found.alarms()).hasSize(alarms);
  }

  @Test
  void aReleaseWithoutWeightsIsOneStage() {
    assertThat(Stage.of(SampleReports.empty("Refused", Ending.UNCHANGED)))
        .singleElement()
        .extracting(Stage::canary)
        .isEqualTo(0);
  }
}
