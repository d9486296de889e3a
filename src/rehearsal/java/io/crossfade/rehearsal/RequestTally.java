package io.crossfade.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what the visitors saw; safe to read while they are still there. */
public final class RequestTally {
  /** The version of an answer without {@code X-Version}: the site did not write it. */
  public static final String LOAD_BALANCER = "load balancer";

  /** The version of no answer at all: a timeout or a broken connection. */
  public static final String NO_ANSWER = "no answer";

  /** Every failure is counted; so many are kept with their details. */
  static final int SAMPLES = 500;

  private final Instant start = Instant.now();
  private final long startNanos = System.nanoTime();
  private final Map<String, VersionCount> versions = new TreeMap<>();
  private final List<Map<String, RequestInterval.Count>> intervals = new ArrayList<>();
  private final List<FailedRequest> failures = new ArrayList<>();
  private final List<AcknowledgedOrder> acknowledged = new ArrayList<>();

  synchronized void count(String method, String path, VisitorResponse answer) {
    double seconds = seconds();
    String version = answer.version();
    versions.compute(version, (name, before) -> orNone(before).plus(answer));
    interval(seconds)
        .compute(version, (name, before) -> RequestInterval.Count.plus(before, answer));
    if (!answer.good() && failures.size() < SAMPLES) {
      failures.add(
          new FailedRequest(
              time(seconds), seconds, method, path, answer.status(), answer.version()));
    }
  }

  private static VersionCount orNone(VersionCount count) {
    return count == null ? VersionCount.NONE : count;
  }

  synchronized void acknowledge(long number, String idempotencyKey) {
    acknowledged.add(new AcknowledgedOrder(number, idempotencyKey));
  }

  double seconds() {
    return Math.round((System.nanoTime() - startNanos) / 1e6) / 1e3;
  }

  private Instant time(double seconds) {
    return start.plus(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  private Map<String, RequestInterval.Count> interval(double seconds) {
    int index = (int) (seconds / RequestInterval.LENGTH);
    while (intervals.size() <= index) {
      intervals.add(new TreeMap<>());
    }
    return intervals.get(index);
  }

  synchronized List<AcknowledgedOrder> acknowledged() {
    return List.copyOf(acknowledged);
  }

  synchronized Map<String, VersionCount> versions() {
    return new TreeMap<>(versions);
  }

  synchronized List<FailedRequest> failures() {
    return List.copyOf(failures);
  }

  synchronized List<RequestInterval> series() {
    List<RequestInterval> series = new ArrayList<>();
    for (int i = 0; i < intervals.size(); i++) {
      series.add(new RequestInterval(i * RequestInterval.LENGTH, intervals.get(i)));
    }
    return series;
  }
}
