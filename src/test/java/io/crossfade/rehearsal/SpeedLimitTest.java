package io.crossfade.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.release.HealthSettings;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeedLimitTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # speed, call's ms, deadline, kept
             10,     3000,      900,   10
             30,     3000,      900,   30
             31,     3000,      900,   30
            200,     4100,      900,   21
            200,      100,      900,  200
             10,     3000,       60,    2
             10,    20000,       60,  0.5
          """)
  void speedIsLoweredToWhatACallLeaves(double speed, long millis, int deadline, double kept) {
    assertThat(
            SpeedLimit.kept(speed, Duration.ofMillis(millis), new HealthSettings(deadline, 3, 300)))
        .isEqualTo(kept);
  }
}
