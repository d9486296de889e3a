package io.crossfade.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedMinuteTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  /** CloudWatch has shown the minute of noon 100 seconds after its beginning. */
  @ParameterizedTest
  @CsvSource({"100, false", "120, false", "159, false", "160, true", "400, true"})
  void theNextMinuteIsDueAMinuteAfterTheLastOneWasSeen(int seconds, boolean due) {
    CountedMinute seen = CountedMinute.seen(null, NOON, NOON.plusSeconds(100));
    assertThat(seen.nextIsDue(NOON.plusSeconds(seconds))).isEqualTo(due);
  }

  /** Looks that come a little later each time must not end up a minute late. */
  @Test
  void theShortestDelayCounts() {
    CountedMinute first = CountedMinute.seen(null, NOON, NOON.plusSeconds(100));
    CountedMinute late = CountedMinute.seen(first, NOON.plusSeconds(60), NOON.plusSeconds(175));
    assertThat(late.delaySeconds()).isEqualTo(100);
    assertThat(late.nextIsDue(NOON.plusSeconds(220))).isTrue();
    CountedMinute early = CountedMinute.seen(late, NOON.plusSeconds(120), NOON.plusSeconds(215));
    assertThat(early.delaySeconds()).isEqualTo(95);
  }

  @Test
  void aMinuteThatIsStillTheLastOneIsAskedForAgain() {
    CountedMinute first = CountedMinute.seen(null, NOON, NOON.plusSeconds(100));
    CountedMinute same = CountedMinute.seen(first, NOON, NOON.plusSeconds(165));
    assertThat(same).isEqualTo(first);
    assertThat(same.nextIsDue(NOON.plusSeconds(180))).isTrue();
  }
}
