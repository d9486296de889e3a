package io.crossfade.approval;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Slack waits three seconds for an answer and then shows an error to whoever clicked. What must be
 * done is done; what is only polite is left out when the time is up.
 */
final class ResponseDeadline {
  static final Duration POLITE_UNTIL = Duration.ofMillis(1900);

  private final LongSupplier nanoTime;
  private final long end;

  ResponseDeadline(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.end = nanoTime.getAsLong() + POLITE_UNTIL.toNanos();
  }

  boolean past() {
    return nanoTime.getAsLong() - end > 0;
  }
}
