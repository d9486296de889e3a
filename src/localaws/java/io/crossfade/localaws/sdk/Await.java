package io.crossfade.localaws.sdk;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits in tests for a condition instead of for a time. */
public final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long BETWEEN_NANOS = 5_000_000;

  private Await() {}

  /** Returns as soon as the condition holds; fails with its description after a minute. */
  public static void until(String description, BooleanSupplier condition) {
    until(description, condition, () -> "");
  }

  /** The same; what is there instead is asked for only when patience is at its end. */
  public static void until(
      String description, BooleanSupplier condition, Supplier<String> instead) {
    until(description, PATIENCE, condition, instead);
  }

  /** The same with another patience. A thread that is interrupted waits no longer. */
  public static void until(
      String description, Duration patience, BooleanSupplier condition, Supplier<String> instead) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      boolean interrupted = Thread.currentThread().isInterrupted();
      if (interrupted || System.nanoTime() - start > patience.toNanos()) {
        throw new AssertionError(
            "%s: %s %s"
                .formatted(
                    interrupted ? "interrupted while waiting" : "did not happen within " + patience,
                    description,
                    instead.get()));
      }
      LockSupport.parkNanos(BETWEEN_NANOS);
    }
  }
}
