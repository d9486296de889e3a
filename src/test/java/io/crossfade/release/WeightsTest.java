package io.crossfade.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsTest {
  @ParameterizedTest
  @CsvSource({"50, 49", "101, -1", "-1, 101", "0, 0", "100, 100"})
  void weightsThatDoNotMakeAWholeCannotBeWrittenDown(int stable, int canary) {
    assertThatThrownBy(() -> new Weights(stable, canary))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sum to 100");
  }

  @Test
  void whatTheCanaryColourDoesNotGetStaysWithTheLiveOne() {
    assertThat(Weights.canaryAt(25)).isEqualTo(new Weights(75, 25));
  }
}
