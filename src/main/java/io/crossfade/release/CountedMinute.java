package io.crossfade.release;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * The last minute of requests that CloudWatch has shown. It has one datapoint a minute, so the next
 * one is due a minute after this one was first seen: a question in between has the same answer.
 *
 * @param start when the minute began
 * @param delaySeconds the shortest time after which a look has found a minute that was new
 */
public record CountedMinute(Instant start, long delaySeconds) {
  private static final int MINUTE = 60;

  public CountedMinute {
    requireNonNull(start);
  }

  /**
   * @param before what the look before has found; null if it is the first
   * @param newest the last minute that shows
   */
  public static CountedMinute seen(CountedMinute before, Instant newest, Instant now) {
    long delay = Duration.between(newest, now).toSeconds();
    return new CountedMinute(newest, before == null ? delay : Math.min(before.delaySeconds, delay));
  }

  /** Whether another minute may show by now. */
  public boolean nextIsDue(Instant now) {
    return !now.isBefore(start.plusSeconds(MINUTE + delaySeconds));
  }
}
