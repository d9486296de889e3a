package io.crossfade.release;

/** How patient a deployment is where the input has no say. All but the last in seconds. */
public final class Timings {
  /**
   * Between two looks at health, alarms or draining. CloudWatch evaluates an alarm once a minute,
   * of metrics that are one to two minutes old, so three looks a minute add ten seconds to that on
   * average.
   */
  public static final int POLL_SECONDS = 20;

  /** The same in a step that has baked for as long as an alarm needs to fire. */
  public static final int LATE_POLL_SECONDS = 30;

  /** Past the bake, how long INSUFFICIENT_DATA may hold a step. */
  public static final int NO_DATA_DEADLINE_SECONDS = 600;

  /** How long a release may be paused, all in all: an execution's history holds its looks. */
  public static final int PAUSE_SECONDS = 3600;

  /** What the load balancer is given to show a new weight on every node. */
  public static final int SETTLE_SECONDS = 30;

  /** How long the stable group may go on getting requests after its weight became 0. */
  public static final int DRAIN_DEADLINE_SECONDS = 1800;

  /** How long a restore may take before a person is called. */
  public static final int RESTORE_DEADLINE_SECONDS = 900;

  /** Whole minutes without a request before the stable group counts as drained. */
  public static final int QUIET_MINUTES = 2;

  private Timings() {}
}
