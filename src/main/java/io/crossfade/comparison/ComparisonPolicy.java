package io.crossfade.comparison;

import io.crossfade.release.Comparison;
import io.crossfade.release.Comparison.Verdict;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Judges whether the new version fails more of its requests than the old one does in the same
 * minutes.
 *
 * <p>If both fail equally often, each failed request of a minute is the canary's with the
 * probability of the canary's share of that minute's requests, however many fail in it: a burst
 * hits both. That is the exact conditional test of two rates (Fisher, "The Design of Experiments",
 * 1935; Przyborowski and Wilenski, Biometrika 31, 1940). A release looks again every few seconds,
 * and a test that is looked at often enough says "worse" of anything. So it is made as a sequential
 * likelihood ratio (Wald, Annals of Mathematical Statistics 16, 1945) that is averaged over some
 * alternatives (Robbins, ibid. 41, 1970). Such a ratio ever exceeds 1/p with a probability of p at
 * most, in however many looks (Ville, "Étude critique de la notion de collectif", 1939). Counting a
 * minute's failures as drawn with replacement makes it smaller, never larger (Hoeffding, JASA 58,
 * 1963, theorem 4).
 */
public final class ComparisonPolicy {
  /** One good release of a thousand may be turned back, over all of its looks and steps. */
  static final double FALSE_ALARMS = 0.001;

  /** How many more of a hundred requests must fail: what is less does not matter to visitors. */
  static final double PERCENT_THAT_MATTERS = 0.5;

  /** A version that fails so many more of a hundred must show before it is called no worse. */
  static final double PERCENT_THAT_SHOWS = 5;

  /** How many times as likely as the stable version's a request of the canary's may fail. */
  static final List<Double> ODDS = List.of(2.0, 5.0, 20.0);

  private ComparisonPolicy() {}

  /**
   * @param minutes in any order, each complete and given once
   */
  public static Comparison of(List<ComparedMinute> minutes) {
    List<ComparedMinute> both = minutes.stream().filter(ComparedMinute::comparable).toList();
    long sent = both.stream().mapToLong(minute -> minute.canary().sent()).sum();
    long failed = both.stream().mapToLong(minute -> minute.canary().failed()).sum();
    double expected = both.stream().mapToDouble(ComparedMinute::expected).sum();
    boolean matters = (failed - expected) * 100 >= sent * PERCENT_THAT_MATTERS;
    if (matters && shows(both, minute -> minute.canary().failed())) {
      return new Comparison(Verdict.CLEARLY_WORSE, sent, failed, expected);
    }
    boolean enough = shows(both, ComparisonPolicy::failedByABadOne);
    return new Comparison(enough ? Verdict.NO_WORSE : Verdict.TOO_FEW, sent, failed, expected);
  }

  private static double failedByABadOne(ComparedMinute minute) {
    return minute.expected() + minute.canary().sent() * PERCENT_THAT_SHOWS / 100;
  }

  private static boolean shows(
      List<ComparedMinute> minutes, ToDoubleFunction<ComparedMinute> failed) {
    return ODDS.stream().mapToDouble(odds -> ratio(minutes, failed, odds)).average().orElse(0)
        >= 1 / FALSE_ALARMS;
  }

  /** How much likelier the failures are if the canary's odds to fail are so many times as high. */
  static double ratio(
      List<ComparedMinute> minutes, ToDoubleFunction<ComparedMinute> failed, double odds) {
    return Math.exp(
        minutes.stream()
            .mapToDouble(
                minute -> {
                  double own = failed.applyAsDouble(minute);
                  double all = own + minute.stable().failed();
                  return own * Math.log(odds) - all * Math.log1p(minute.share() * (odds - 1));
                })
            .sum());
  }
}
