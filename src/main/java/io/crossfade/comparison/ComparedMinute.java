package io.crossfade.comparison;

import static java.util.Objects.requireNonNull;

/** What both versions did with the requests of one minute, in which the weights did not change. */
public record ComparedMinute(Requests stable, Requests canary) {
  /**
   * @param sent requests that the load balancer gave to a target, 0 or more
   * @param failed those that ended in a 5xx or without an answer, at most as many
   */
  public record Requests(long sent, long failed) {
    public Requests {
      if (failed < 0 || failed > sent) {
        throw new IllegalArgumentException(
            "failed must be 0 to %d, found %d".formatted(sent, failed));
      }
    }
  }

  public ComparedMinute {
    requireNonNull(stable);
    requireNonNull(canary);
  }

  /** A minute in which one version had nothing to do says nothing of the two. */
  boolean comparable() {
    return stable.sent() > 0 && canary.sent() > 0;
  }

  /** How many the canary would fail at the stable version's rate of this minute. */
  double expected() {
    return (double) canary.sent() * stable.failed() / stable.sent();
  }

  /** The share of the requests that the canary had, 0 to 1. */
  double share() {
    return (double) canary.sent() / (canary.sent() + stable.sent());
  }
}
