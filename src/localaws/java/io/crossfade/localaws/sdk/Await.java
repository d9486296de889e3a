package io.crossfade.localaws.sdk;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits in tests for a condition instead of for a time. */
public final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Await() {}

  /** Returns as soon as the condition holds; fails with its description after a minute. */
  public static void until(String description, BooleanSupplier condition) {
    until(description, condition, () -> "");
  }

  /** The same; what is there instead is asked for only when patience is at its end. */
  public static void until(
      String description, BooleanSupplier condition, Supplier<String> instead) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "did not happen within " + PATIENCE + ": " + description + " " + instead.get());
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
