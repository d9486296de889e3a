package io.crossfade.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.comparison.ComparedMinute.Requests;
import io.crossfade.release.Comparison;
import io.crossfade.release.Comparison.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonPolicyTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing was compared              |    0 |  0 |    0 |  0 | TOO_FEW
          the canary answered nothing yet   |  900 |  0 |    0 |  0 | TOO_FEW
          the stable one has no traffic     |    0 |  0 |  900 | 90 | TOO_FEW
          a few good requests               |   90 |  0 |   30 |  0 | TOO_FEW
          a few requests, one bad           |   90 |  0 |   30 |  1 | TOO_FEW
          enough good requests              |  900 |  0 |  300 |  0 | NO_WORSE
          a failure is no pattern           |  900 |  0 |  300 |  3 | NO_WORSE
          six failures at a quarter         |  900 |  0 |  300 |  6 | NO_WORSE
          seven failures at a quarter       |  900 |  0 |  300 |  7 | CLEARLY_WORSE
          three of a hundred                |  900 |  0 |  300 |  9 | CLEARLY_WORSE
          both fail equally often           |  900 | 18 |  300 |  6 | TOO_FEW
          both fail as often, of more       | 9000 | 180 | 3000 | 60 | NO_WORSE
          both fail very often              |  900 | 450 | 300 | 150 | TOO_FEW
          the old one fails more            | 9000 | 900 | 3000 |  0 | NO_WORSE
          twice as often, of few            |  900 | 18 |  300 | 12 | TOO_FEW
          three times as often              |  900 | 18 |  300 | 30 | CLEARLY_WORSE
          surely worse, by a trifle         | 900000 | 0 | 300000 | 1499 | NO_WORSE
          surely worse, and it matters      | 900000 | 0 | 300000 | 1500 | CLEARLY_WORSE
          all requests fail                 |  900 |  0 |  300 | 300 | CLEARLY_WORSE
          """)
  void oneMinuteIsJudged(
      String name, long stable, long stableFailed, long canary, long failed, Verdict verdict) {
    assertThat(ComparisonPolicy.of(List.of(minute(stable, stableFailed, canary, failed))).verdict())
        .isEqualTo(verdict);
  }

  @Test
  void minutesAddUp() {
    ComparedMinute minute = minute(300, 0, 100, 3);
    assertThat(ComparisonPolicy.of(List.of(minute, minute)).worse()).isFalse();
    assertThat(ComparisonPolicy.of(List.of(minute, minute, minute)).worse()).isTrue();
  }

  /** In sum the canary fails 90 % and the old version 10 %: it had more of the bad minute. */
  @Test
  void aBurstThatHitsBothIsHeldAgainstNeither() {
    Comparison found =
        ComparisonPolicy.of(List.of(minute(900, 0, 100, 0), minute(100, 100, 900, 900)));
    assertThat(found.worse()).isFalse();
    assertThat(found.failed()).isEqualTo(900);
    assertThat(found.expected()).isEqualTo(900);
  }

  /** What is certain must be said without losing the count: hours of heavy traffic. */
  @Test
  void manyFailuresDoNotOverflow() {
    List<ComparedMinute> hours = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      hours.add(minute(100_000, 50_000, 100_000, 100_000));
    }
    assertThat(ComparisonPolicy.of(hours).worse()).isTrue();
  }

  /**
   * The claim that all rests on: of equally good versions, the ratio is 1 on average at most. Drawn
   * without replacement, as the failed requests of a minute are.
   */
  @ParameterizedTest
  @CsvSource({"10, 30, 5", "50, 50, 20", "75, 25, 60", "3, 2, 4"})
  void equallyGoodVersionsGiveNoEvidence(int canary, int stable, int failed) {
    for (double odds : ComparisonPolicy.ODDS) {
      SplittableRandom random = new SplittableRandom(1);
      double sum = 0;
      int runs = 40_000;
      for (int run = 0; run < runs; run++) {
        int left = canary;
        int own = 0;
        for (int drawn = 0; drawn < failed; drawn++) {
          if (random.nextInt(canary + stable - drawn) < left) {
            own++;
            left--;
          }
        }
        ComparedMinute minute = minute(stable, failed - own, canary, own);
        sum += ComparisonPolicy.ratio(List.of(minute), m -> m.canary().failed(), odds);
      }
      assertThat(sum / runs).isLessThan(1.05);
    }
  }

  /** With replacement it is exactly 1: weighed by how likely each number is. */
  @Test
  void theRatioIsOneOnAverage() {
    for (double odds : ComparisonPolicy.ODDS) {
      double none = 0.75 * ComparisonPolicy.ratio(one(1, 0), m -> m.canary().failed(), odds);
      double one = 0.25 * ComparisonPolicy.ratio(one(0, 1), m -> m.canary().failed(), odds);
      assertThat(none + one).isCloseTo(1, Offset.offset(1e-12));
    }
  }

  @Test
  void theSentenceHasTheNumbers() {
    assertThat(ComparisonPolicy.of(one(20, 0)).sentence())
        .isEqualTo(
            "too few requests to say whether the new version is worse:"
                + " it failed 0 of 100, where the old one would have failed 6.7");
    assertThat(ComparisonPolicy.of(List.of(minute(9000, 90, 3000, 150))).sentence())
        .isEqualTo(
            "the new version is clearly worse than the old one:"
                + " it failed 150 of 3,000, where the old one would have failed 30.0");
    assertThat(ComparisonPolicy.of(List.of(minute(9000, 90, 3000, 30))).sentence())
        .startsWith("the new version is no worse than the old one: it failed 30 of 3,000");
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "0, 1", "5, -1"})
  void noMoreCanFailThanWereSent(long sent, long failed) {
    assertThatThrownBy(() -> new Requests(sent, failed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("failed must be 0 to %d, found %d".formatted(sent, failed));
  }

  @Test
  void theLimitsAreThese() {
    assertThat(ComparisonPolicy.FALSE_ALARMS).isEqualTo(0.001);
    assertThat(ComparisonPolicy.PERCENT_THAT_MATTERS).isEqualTo(0.5);
    assertThat(ComparisonPolicy.PERCENT_THAT_SHOWS).isEqualTo(5);
  }

  private static List<ComparedMinute> one(long stableFailed, long failed) {
    return List.of(minute(300, stableFailed, 100, failed));
  }

  private static ComparedMinute minute(long stable, long stableFailed, long canary, long failed) {
    return new ComparedMinute(new Requests(stable, stableFailed), new Requests(canary, failed));
  }
}
