package io.crossfade.gate;

import io.crossfade.release.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges, like an alarm, whether the canary leaves requests without an answer. No alarm of a target
 * group sees a version that hangs or drops connections: it has no answers, hence no errors.
 */
final class UnansweredRequests {
  /**
   * So many, and such a share of what was sent. Alone, the first would be noise under much traffic,
   * and the second one request of ten where few come. A version that hangs loses all of its own.
   */
  static final long MANY = 20;

  static final int PERCENT = 10;

  /** What came earlier is over: hours of good answers must not hide the last minutes. */
  static final Duration LOOKED_AT = Duration.ofMinutes(30);

  private UnansweredRequests() {}

  /** From when on requests count, given when the canary first got traffic. */
  static Instant from(Instant trafficSince, Instant now) {
    Instant earliest = now.minus(LOOKED_AT);
    return trafficSince.isBefore(earliest) ? earliest : trafficSince;
  }

  /**
   * ALARM if many are, OK if not or if nothing shows yet, INSUFFICIENT_DATA if CloudWatch could not
   * tell.
   */
  static Alarm judge(Side canary, Optional<AnswerCounts.Counted> counted) {
    String name = "unanswered requests of " + canary.service();
    return counted
        .map(counts -> new Alarm(name, state(counts), null, sentence(counts)))
        .orElseGet(
            () ->
                new Alarm(
                    name,
                    Alarm.State.INSUFFICIENT_DATA,
                    null,
                    "CloudWatch could not count its requests"));
  }

  private static Alarm.State state(AnswerCounts.Counted counts) {
    long unanswered = counts.unanswered();
    boolean many = unanswered >= MANY && unanswered * 100 >= counts.sent() * PERCENT;
    return many ? Alarm.State.ALARM : Alarm.State.OK;
  }

  private static String sentence(AnswerCounts.Counted counts) {
    return "it answered %d of %d requests, and the load balancer itself answered %d with 502 or 504"
        .formatted(counts.answered(), counts.sent(), counts.failed());
  }
}
