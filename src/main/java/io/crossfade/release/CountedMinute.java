package io.crossfade.release;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The last minute of the canary's requests that CloudWatch has shown. It has one datapoint a
 * minute, so the next one is due a minute after this one was first seen: a question in between has
 * the same answer.
 *
 * @param start when the minute began
 * @param due when to ask again
 */
public record CountedMinute(Instant start, Instant due) {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** A minute shows within three, if there was a request in it. */
  private static final Duration SHOWN_AFTER = Duration.ofMinutes(3);

  public CountedMinute {
    requireNonNull(start);
    requireNonNull(due);
  }

  /**
   * Due is a minute later where a minute shows that is new, or none has for so long that the canary
   * gets no requests; else at once.
   *
   * @param before what the question before has found; null if this is the first
   * @param newest the last minute that shows; empty if none does
   * @param traffic when the canary first got traffic
   */
  static CountedMinute seen(
      CountedMinute before, Optional<Instant> newest, Instant traffic, Instant now) {
    Instant last = newest.orElse(traffic.truncatedTo(ChronoUnit.MINUTES).minus(MINUTE));
    if (newest.isPresent() && (before == null || last.isAfter(before.start))) {
      Instant next = before == null ? now : before.due.plus(MINUTE);
      return new CountedMinute(last, next.isAfter(now) ? next : now.plus(MINUTE));
    }
    boolean quiet = last.plus(MINUTE).plus(SHOWN_AFTER).isBefore(now);
    Instant asBefore = before == null ? now : before.due;
    return new CountedMinute(last, quiet ? now.plus(MINUTE) : asBefore);
  }

  /** Whether another minute may show by now. */
  public boolean nextIsDue(Instant now) {
    return !now.isBefore(due);
  }
}
