package io.crossfade.comparison;

import io.crossfade.comparison.ComparedMinute.Requests;
import io.crossfade.release.Bake;
import io.crossfade.release.Comparison;
import io.crossfade.release.Timings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * A release by 25, 50, 75 and 100 %, looked at at every poll. Its metrics come late: a minute
 * counts two minutes after its end. Figures are drawn anew for each minute, from a fixed seed.
 */
final class SimulatedRelease {
  static final List<Integer> WEIGHTS = List.of(25, 50, 75, 100);

  /** 150 visitors, each with four requests a minute of the application that is released. */
  static final int REQUESTS_A_MINUTE = 600;

  private static final int SHOWN_AFTER_SECONDS = 120;

  /**
   * How often requests fail.
   *
   * @param both share of the requests that fail, whichever version gets them, 0 to 1
   * @param canary share of the canary's that fail besides
   * @param bursts whether in every tenth minute, at random, 30 % of all requests fail besides
   */
  record Failures(double both, double canary, boolean bursts) {}

  private final SplittableRandom random;
  private final int bakeSeconds;
  private final int minRequests;
  private final Failures failures;
  private final List<ComparedMinute> minutes = new ArrayList<>();
  private final List<Bake> bakes = new ArrayList<>();
  private long nextMinute;
  private long seen;
  private Comparison last = Comparison.NONE;

  SimulatedRelease(SplittableRandom random, int bakeSeconds, int minRequests, Failures failures) {
    this.random = random;
    this.minRequests = minRequests;
    this.bakeSeconds = bakeSeconds;
    this.failures = failures;
  }

  /** The index of the step at which it is turned back; empty if it is not. */
  OptionalInt turnedBackAt() {
    long now = random.nextInt(60);
    for (int step = 0; step < WEIGHTS.size(); step++) {
      seen = 0;
      Instant since = Instant.ofEpochSecond(now);
      for (int left = bakeSeconds; left > 0 || held(-left); left -= Timings.POLL_SECONDS) {
        now += left > 0 ? Math.min(left, Timings.POLL_SECONDS) : Timings.POLL_SECONDS;
        bakes.removeIf(bake -> bake.from().equals(since));
        bakes.add(new Bake(since, Instant.ofEpochSecond(now)));
        if (countedMore(now) && worse()) {
          return OptionalInt.of(step);
        }
      }
      now += random.nextInt(3, 10);
    }
    return OptionalInt.empty();
  }

  private boolean held(int seconds) {
    return seen < minRequests && seconds < Timings.NO_DATA_DEADLINE_SECONDS;
  }

  /** What was said at the last look. */
  Comparison last() {
    return last;
  }

  private boolean worse() {
    last = ComparisonPolicy.of(minutes);
    return last.worse();
  }

  private boolean countedMore(long now) {
    boolean more = false;
    for (; nextMinute + 60 + SHOWN_AFTER_SECONDS <= now; nextMinute += 60) {
      Instant start = Instant.ofEpochSecond(nextMinute);
      for (int step = 0; step < bakes.size(); step++) {
        if (bakes.get(step).hasMinute(start)) {
          ComparedMinute counted = minute(WEIGHTS.get(step) / 100.0);
          seen += step == bakes.size() - 1 ? counted.canary().sent() : 0;
          minutes.add(counted);
          more = true;
        }
      }
    }
    return more;
  }

  private ComparedMinute minute(double share) {
    double all = Math.max(0, around(REQUESTS_A_MINUTE, REQUESTS_A_MINUTE));
    long canary = Math.round(Math.min(all, around(all * share, all * share * (1 - share))));
    long stable = Math.round(all) - canary;
    double burst = failures.bursts() && random.nextInt(10) == 0 ? 0.3 : 0;
    double both = Math.min(1, failures.both() + burst);
    return new ComparedMinute(
        new Requests(stable, failed(stable, both)),
        new Requests(canary, failed(canary, Math.min(1, both + failures.canary()))));
  }

  /** Nearly normal, and the same on every Java: a sum of twelve. */
  private double around(double mean, double variance) {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return mean + Math.sqrt(variance) * sum;
  }

  /** How many of so many requests fail, each by itself: exact, because all depends on it. */
  private long failed(long requests, double rate) {
    if (rate <= 0) {
      return 0;
    }
    long failed = 0;
    double good = StrictMath.log1p(-rate);
    for (long next = gap(good); next < requests; next += 1 + gap(good)) {
      failed++;
    }
    return failed;
  }

  private long gap(double good) {
    return (long) (StrictMath.log(1 - random.nextDouble()) / good);
  }
}
