package io.crossfade.gate;

import io.crossfade.gate.CountedRequests.Metric;
import io.crossfade.release.Side;
import java.time.Duration;
import java.time.Instant;

/**
 * Judges, like an alarm, whether the canary leaves requests without an answer. No alarm of a target
 * group sees a version that hangs or drops connections: it has no answers, hence no errors.
 */
public final class UnansweredRequests {
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
  public static Instant from(Instant trafficSince, Instant now) {
    Instant earliest = now.minus(LOOKED_AT);
    return trafficSince.isBefore(earliest) ? earliest : trafficSince;
  }

  /**
   * ALARM if many are, OK if not or if nothing shows yet. The load balancer's own 502 and 504 are
   * of all its groups, so at most as many requests of this one have ended in them. One that is
   * under way, or goes on like a WebSocket, has no answer either.
   *
   * @param from since when requests count
   */
  public static Alarm judge(Side canary, CountedRequests counted, Instant from) {
    long sent = counted.total(from, Metric.CANARY_REQUESTS);
    long answered = counted.total(from, Metric.OF_CANARY);
    long failed = counted.total(from, Metric.BALANCER_502, Metric.BALANCER_504);
    long unanswered = Math.min(Math.max(0, sent - answered), failed);
    boolean many = unanswered >= MANY && unanswered * 100 >= sent * PERCENT;
    return alarm(
        canary,
        many ? Alarm.State.ALARM : Alarm.State.OK,
        "it answered %d of %d requests, and the load balancer itself answered %d with 502 or 504"
            .formatted(answered, sent, failed));
  }

  /** OK as before: CloudWatch has counted nothing more since it was judged. */
  static Alarm unchanged(Side canary) {
    return alarm(canary, Alarm.State.OK, "");
  }

  /** INSUFFICIENT_DATA: CloudWatch could not tell. */
  static Alarm uncounted(Side canary) {
    return alarm(canary, Alarm.State.INSUFFICIENT_DATA, "CloudWatch could not count its requests");
  }

  private static Alarm alarm(Side canary, Alarm.State state, String reason) {
    return new Alarm("unanswered requests of " + canary.service(), state, null, reason);
  }
}
