package io.crossfade.gate;

import io.crossfade.comparison.ComparedMinute;
import io.crossfade.comparison.ComparisonPolicy;
import io.crossfade.gate.CountedRequests.Metric;
import io.crossfade.release.Bake;
import io.crossfade.release.ComparedSteps;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the minutes in which both versions can be compared: whole ones, in which the weights did
 * not change. A minute counts once the next one shows, because CloudWatch may show one metric of it
 * later than another. At 100 % the stable version has no requests in the same minutes, so those say
 * nothing: what came earlier may have been another hour of the day.
 */
public final class ComparedRequests {
  private ComparedRequests() {}

  /**
   * @param counted since the canary first got traffic
   */
  public static ComparedSteps in(CountedRequests counted, ComparedSteps before) {
    List<Bake> bakes = before.bakes();
    Stream<Bake> present = bakes.stream().skip(Math.max(0, bakes.size() - 1));
    long seen = minutes(counted, present.toList()).stream().mapToLong(m -> m.canary().sent()).sum();
    return new ComparedSteps(bakes, seen, ComparisonPolicy.of(minutes(counted, bakes)));
  }

  static List<ComparedMinute> minutes(CountedRequests counted, List<Bake> bakes) {
    Instant newest = counted.newestOfCanary().orElse(Instant.MIN);
    return counted.sums().get(Metric.CANARY_REQUESTS).keySet().stream()
        .filter(minute -> minute.isBefore(newest))
        .filter(minute -> bakes.stream().anyMatch(bake -> bake.hasMinute(minute)))
        .map(minute -> minute(counted, minute))
        .toList();
  }

  /**
   * The load balancer's own 502 and 504 do not say whose they are. Each version is charged with
   * them in proportion to its requests without an answer, and with as many of those at most.
   */
  private static ComparedMinute minute(CountedRequests counted, Instant minute) {
    long stable = unanswered(counted, minute, Metric.STABLE_REQUESTS, Metric.OF_STABLE);
    long canary = unanswered(counted, minute, Metric.CANARY_REQUESTS, Metric.OF_CANARY);
    long both = Math.max(1, stable + canary);
    long lost = Math.min(both, counted.at(minute, Metric.BALANCER_502, Metric.BALANCER_504));
    long ofCanary = lost * canary / both;
    return new ComparedMinute(
        requests(
            counted,
            minute,
            Metric.STABLE_REQUESTS,
            Metric.STABLE_5XX,
            Math.min(stable, lost - ofCanary)),
        requests(counted, minute, Metric.CANARY_REQUESTS, Metric.CANARY_5XX, ofCanary));
  }

  private static long unanswered(
      CountedRequests counted, Instant minute, Metric sent, Metric... answers) {
    return Math.max(0, counted.at(minute, sent) - counted.at(minute, answers));
  }

  /** An answer is counted when it is given, which may be a minute after its request. */
  private static ComparedMinute.Requests requests(
      CountedRequests counted, Instant minute, Metric sent, Metric errors, long lost) {
    long requests = counted.at(minute, sent);
    return new ComparedMinute.Requests(
        requests, Math.min(requests, counted.at(minute, errors) + lost));
  }
}
