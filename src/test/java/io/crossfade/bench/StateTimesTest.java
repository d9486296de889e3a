package io.crossfade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateTimesTest {
  /** Waits from 10 to 20 in one execution and from 40 to 50 in another. */
  private static StateTimes times() {
    StateTimes times = new StateTimes(Set.of("Bake"));
    times.enter("one", "Plan", 0, 300);
    times.enter("one", "Bake", 10, 900);
    times.leave("one", 20);
    times.enter("one", "CheckAlarms", 20, 700);
    times.leave("one", 30);
    times.enter("two", "Bake", 40, 100);
    times.leave("two", 50);
    return times;
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # from, to, waited
          0,  30,  10
          0,  100, 20
          12, 18,  6
          15, 45,  10
          20, 40,  0
          50, 60,  0
          """)
  void onlyWhatFallsIntoTheSpanIsWaited(long from, long to, long waited) {
    assertThat(times().waited(from, to)).isEqualTo(waited);
  }

  @Test
  void waitThatLastsIsWaitedToTheEndOfTheSpan() {
    StateTimes times = new StateTimes(Set.of("Bake"));
    times.enter("one", "Bake", 10, 100);
    assertThat(times.waited(0, 25)).isEqualTo(15);
  }

  @Test
  void lastStayAndTheLargestDocumentAreKnown() {
    assertThat(times().lastEntered("Bake")).hasValue(40);
    assertThat(times().lastLeft("Bake")).hasValue(50);
    assertThat(times().lastLeft("Drain")).isEmpty();
    assertThat(times().largestDocument()).isEqualTo(900);
  }

  @Test
  void whatAReleaseWaitsInIsReadFromTheStateMachine() throws IOException {
    StateTimes times = StateTimes.ofReleases();
    times.enter("one", "WaitForHealth", 0, 1);
    times.enter("one", "CheckHealth", 7, 1);
    times.leave("one", 9);
    assertThat(times.waited(0, 10)).isEqualTo(7);
  }
}
