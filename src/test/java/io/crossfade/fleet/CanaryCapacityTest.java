package io.crossfade.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.fleet.CanaryCapacity.State;
import io.crossfade.release.Deployment;
import io.crossfade.release.HealthSettings;
import io.crossfade.release.Sample;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanaryCapacityTest {
  /** Times are seconds after an instant; two targets are needed; - is what nobody has seen. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          healthy | recovery | known | now  | state      | since
          2       | 300      | -     | 1000 | FULL       | -
          3       | 300      | -     | 1000 | FULL       | -
          2       | 300      | 0     | 1000 | FULL       | -
          1       | 300      | -     | 1000 | RECOVERING | 1000
          1       | 300      | 1000  | 1015 | RECOVERING | 1000
          1       | 300      | 1000  | 1299 | RECOVERING | 1000
          1       | 300      | 1000  | 1300 | LOST       | 1000
          0       | 300      | -     | 1000 | LOST       | 1000
          0       | 300      | 1000  | 1015 | LOST       | 1000
          1       | 0        | -     | 1000 | LOST       | 1000
          2       | 0        | -     | 1000 | FULL       | -
          1       | 1800     | 1000  | 2799 | RECOVERING | 1000
          1       | 300      | 1010  | 1000 | RECOVERING | 1010
          """,
      useHeadersInDisplayName = true)
  void whatIsMissingHasTimeToComeBackUnlessNothingIsLeft(
      int healthy, int recovery, Integer known, int now, State state, Integer since) {
    Deployment sample = Sample.at(1, Sample.checked(new HealthSettings(900, 3, recovery)));
    Deployment deployment = sample.with(sample.progress().withShortSince(at(known)));

    CanaryCapacity capacity = CanaryCapacity.of(deployment, health(healthy), at(now));

    assertThat(capacity.state()).isEqualTo(state);
    assertThat(capacity.shortSince()).isEqualTo(at(since));
    assertThat(capacity.recordIn(deployment).progress().shortSince()).isEqualTo(at(since));
  }

  @Test
  void aShortfallTellsHowLongItLasts() {
    Deployment deployment = Sample.at(1).with(Sample.at(1).progress().withShortSince(Sample.START));
    assertThat(CanaryCapacity.of(deployment, health(1), at(45)).shortfall("before it gets 75 %"))
        .isEqualTo(
            "1 of 2 targets of backend-green are healthy, 2 needed before it gets 75 %; missing"
                + " for 45 of 300 s");
  }

  private static CanaryHealth health(int healthy) {
    return new CanaryHealth("backend-green", healthy, 2);
  }

  private static Instant at(Integer seconds) {
    return seconds == null ? null : Sample.START.plusSeconds(seconds);
  }
}
