package io.crossfade.site;

import java.time.Duration;

/** How a version of the site behaves once its container runs. */
public sealed interface Behaviour {
  Behaviour GOOD = new Good();
  Behaviour NEVER_HEALTHY = new NeverHealthy();

  /** Fails one request in three once a task has answered 40: nothing that a health check sees. */
  Behaviour FAILS_UNDER_TRAFFIC = new FailsUnderTraffic(40, 3);

  /** Fails three of a hundred requests: too few for an alarm on five of them. */
  Behaviour SLIGHTLY_WORSE = new FailsUnderTraffic(0, 33);

  /** Fails every request, and passes its health check. */
  Behaviour BROKEN = new FailsUnderTraffic(0, 1);

  Behaviour SLOW = new Slow(Duration.ofMillis(900));

  Behaviour HANGS = new Hangs();

  /** Good means that every request is answered within 5 to 20 ms. */
  record Good() implements Behaviour {}

  /** NeverHealthy means that {@code /health} answers 503 and everything else works. */
  record NeverHealthy() implements Behaviour {}

  /**
   * FailsUnderTraffic means that a task answers its first requests well, and of those that follow
   * every n-th with 500, without having done what was asked. Health checks stay good and are not
   * counted.
   *
   * @param goodRequests how many requests each task answers before the first failure is possible
   * @param oneIn of the following requests one in so many fails
   */
  record FailsUnderTraffic(int goodRequests, int oneIn) implements Behaviour {
    public FailsUnderTraffic {
      if (goodRequests < 0 || oneIn < 1) {
        throw new IllegalArgumentException(
            "goodRequests must be 0 or more and oneIn 1 or more, found %d and %d"
                .formatted(goodRequests, oneIn));
      }
    }

    /**
     * @param number 1 for the first request of a task
     */
    boolean fails(long number) {
      return number > goodRequests && (number - goodRequests) % oneIn == 0;
    }
  }

  /** Slow means that everything works, later by the delay. */
  record Slow(Duration delay) implements Behaviour {}

  /** Hangs means that health checks are good, and nothing else is ever answered or done. */
  record Hangs() implements Behaviour {}

  /** Whether the n-th request of a task (health checks not counted) is answered with 500. */
  default boolean failsRequest(long number) {
    return this instanceof FailsUnderTraffic failing && failing.fails(number);
  }

  default boolean healthy() {
    return !(this instanceof NeverHealthy);
  }

  /** What a request takes on top of its ordinary work. */
  default Duration extraDelay() {
    return this instanceof Slow slow ? slow.delay() : Duration.ZERO;
  }
}
