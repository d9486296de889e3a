package io.crossfade.localaws.elb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElbMetricsTest {
  @ParameterizedTest
  @CsvSource({
    "2026-01-31T12:05:00Z, 2026-01-31T12:04:00Z",
    "2026-01-31T12:05:59Z, 2026-01-31T12:04:00Z",
    "2026-01-31T12:06:00Z, 2026-01-31T12:05:00Z"
  })
  void aMinuteShowsOneMinuteAfterItsEnd(Instant now, Instant until) {
    assertThat(new ElbMetrics(null, null).shownUntil(now)).isEqualTo(until);
  }
}
