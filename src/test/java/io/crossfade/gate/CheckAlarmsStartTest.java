package io.crossfade.gate;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class CheckAlarmsStartTest {
  /** By clients that answer themselves: in a test there is nobody else to. */
  @Test
  void everyStepComesToItsEnd() {
    assertThatCode(CheckAlarmsStart::alarmsAndCounts).doesNotThrowAnyException();
    assertThatCode(CheckAlarmsStart::targets).doesNotThrowAnyException();
  }
}
