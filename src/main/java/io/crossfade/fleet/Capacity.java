package io.crossfade.fleet;

import io.crossfade.release.ServiceState;

/** How many tasks the new version starts with. */
final class Capacity {
  private Capacity() {}

  /**
   * As many as the stable service runs or wants, now or when the plan was made, whichever is most:
   * at 100 % the new version carries everything alone.
   *
   * @param serving the stable service now
   */
  static int needed(ServiceState planned, Service serving) {
    int now = Math.max(serving.desired(), serving.running());
    return Math.max(1, Math.max(planned.desiredCount(), now));
  }
}
