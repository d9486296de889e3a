package io.crossfade.rehearsal;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was answered in one half-second.
 *
 * @param seconds when it began, in real seconds since the visitors came
 */
public record RequestInterval(double seconds, Map<String, Count> versions) {
  /** The length of an interval in real seconds. */
  public static final double LENGTH = 0.5;

  public RequestInterval {
    versions = Collections.unmodifiableMap(new TreeMap<>(versions));
  }

  /** Requests, and those of them that failed. */
  public record Count(long requests, long failed) {
    static final Count NONE = new Count(0, 0);

    Count plus(Count other) {
      return new Count(requests + other.requests, failed + other.failed);
    }

    static Count plus(Count before, VisitorResponse answer) {
      Count count = before == null ? NONE : before;
      return new Count(count.requests + 1, answer.good() ? count.failed : count.failed + 1);
    }
  }

  /** Intervals that follow each other as one, which begins with the first. */
  static RequestInterval sum(List<RequestInterval> intervals) {
    Map<String, Count> sum = new TreeMap<>();
    intervals.forEach(
        interval ->
            interval.versions.forEach((name, count) -> sum.merge(name, count, Count::plus)));
    return new RequestInterval(intervals.get(0).seconds, sum);
  }

  Count of(String version) {
    return versions.getOrDefault(version, Count.NONE);
  }
}
