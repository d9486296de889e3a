package io.crossfade.rehearsal.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TroubleTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          FAIL,       STARTING,  2, false
          FAIL,       RELEASING, 0, true
          FAIL,       OVER,      2, false
          LOSE_TASK,  RELEASING, 0, false
          LOSE_TASK,  RELEASING, 1, true
          LOSE_TASK,  OVER,      1, false
          ALARM,      RELEASING, 0, true
          ALARM,      OVER,      2, false
          STOP,       STARTING,  0, false
          STOP,       RELEASING, 0, true
          WEIGHTS,    RELEASING, 0, true
          WEIGHTS,    OVER,      2, false
          AUTOSCALER, RELEASING, 0, true
          """)
  void itIsPossibleWhileThereIsWhatItNeeds(
      Trouble trouble, PageState.Run run, int newTasks, boolean possible) {
    assertThat(trouble.possible(run, newTasks)).isEqualTo(possible);
  }

  @Test
  void aButtonIsFoundByItsIdAlone() {
    for (Trouble trouble : Trouble.values()) {
      assertThat(Trouble.of(trouble.id())).contains(trouble);
    }
    assertThat(Trouble.of("LOSE_TASK")).isEmpty();
  }
}
