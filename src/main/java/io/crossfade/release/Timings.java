package io.crossfade.release;

/**
 * How patient a deployment is. All in seconds but {@code healthyPolls} and {@code quietPeriods}.
 *
 * @param pollSeconds between two looks at health, alarms or draining
 * @param healthyPolls polls in a row that must find every needed target healthy
 * @param healthDeadlineSeconds from scale-out until the new version must be healthy
 * @param noDataDeadlineSeconds past the bake, how long INSUFFICIENT_DATA may hold a step
 * @param settleSeconds what the load balancer is given to show a new weight everywhere
 * @param quietPeriods whole minutes without a request before the stable group counts as drained
 * @param drainDeadlineSeconds how long the stable group may go on getting requests
 * @param restoreDeadlineSeconds how long a restore may take before a person is called
 */
public record Timings(
    int pollSeconds,
    int healthyPolls,
    int healthDeadlineSeconds,
    int noDataDeadlineSeconds,
    int settleSeconds,
    int quietPeriods,
    int drainDeadlineSeconds,
    int restoreDeadlineSeconds) {
  public static final Timings DEFAULT = new Timings(15, 3, 900, 600, 30, 2, 1800, 900);

  public Timings {
    if (pollSeconds < 1 || healthyPolls < 1 || quietPeriods < 1 || settleSeconds < 0) {
      throw new IllegalArgumentException("a pace below 1 cannot be kept");
    }
  }
}
