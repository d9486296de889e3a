package io.crossfade.rehearsal;

import io.crossfade.release.HealthSettings;
import java.time.Duration;

/**
 * How fast a rehearsal can be on this machine. Waiting is compressed and computing is not, so a
 * function's call takes {@code speed} times as long on the rehearsal's clock. Too long, and a good
 * version misses the deadline for its health, which rolls it back.
 */
final class SpeedLimit {
  /**
   * Until a new version is healthy, some five functions are called for the first time. As much
   * again is for the tasks and for the waits between the checks.
   */
  private static final int CALLS_BEFORE_DEADLINE = 10;

  private SpeedLimit() {}

  /**
   * The speed that was asked for, or the highest one that the machine keeps, in whole numbers from
   * 1 on.
   *
   * @param call how long a function's first call took, in real time
   */
  static double kept(double speed, Duration call, HealthSettings health) {
    double seconds = Math.max(call.toNanos() / 1e9, 1e-3);
    double most = health.deadlineSeconds() / (CALLS_BEFORE_DEADLINE * seconds);
    return speed <= most ? speed : Math.max(Options.MIN_SPEED, most < 1 ? most : Math.floor(most));
  }
}
