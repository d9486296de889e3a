package io.crossfade.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In seconds since noon, when the canary first got traffic. */
class CountedMinuteTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          before | due | newest | now | next | why
                 |     |        | 20  | 20   | the first minute may show at any look
                 |     | 0      | 120 | 180  | the next one is due a minute later
          0      | 180 | 60     | 180 | 240  | and so on
          0      | 180 | 60     | 195 | 240  | looks that come late must not end up a minute late
          0      | 180 | 0      | 190 | 180  | it is late itself: asked for at each look
          0      | 180 | 180    | 300 | 360  | minutes without requests show nothing
          0      | 180 | 0      | 240 | 180  | the second minute may still show
          0      | 180 | 0      | 241 | 301  | it has no requests
                 |     |        | 180 | 180  | so may the first
                 |     |        | 181 | 241  | nobody comes
          -60    | 241 | 180    | 300 | 301  | until somebody does
          """,
      useHeadersInDisplayName = true)
  void anotherMinuteIsDueWhenItMayShow(
      Integer before, Integer due, Integer newest, int now, int next, String why) {
    CountedMinute known = before == null ? null : new CountedMinute(at(before), at(due));
    CountedMinute seen =
        CountedMinute.seen(
            known, Optional.ofNullable(newest).map(CountedMinuteTest::at), NOON, at(now));
    assertThat(seen.due()).as(why).isEqualTo(at(next));
  }

  @Test
  void aQuestionBeforeThatHasTheSameAnswer() {
    CountedMinute seen = new CountedMinute(NOON, at(180));
    assertThat(seen.nextIsDue(at(179))).isFalse();
    assertThat(seen.nextIsDue(at(180))).isTrue();
  }

  private static Instant at(int seconds) {
    return NOON.plusSeconds(seconds);
  }
}
