package io.crossfade.gate;

import java.time.Instant;
import java.util.Optional;

/** What became of the requests that a target group got. */
public interface AnswerCounts {
  /**
   * In the minutes that CloudWatch shows; empty if it cannot tell at the moment.
   *
   * @param loadBalancer its {@code LoadBalancer} dimension
   * @param targetGroup its {@code TargetGroup} dimension
   */
  Optional<Counted> between(String loadBalancer, String targetGroup, Instant from, Instant to);

  /**
   * @param sent requests that the load balancer gave to a target of the group
   * @param answered those that a target answered, whatever its answer was
   * @param failed answers 502 and 504 that the load balancer gave itself, of all its groups
   */
  record Counted(long sent, long answered, long failed) {
    /**
     * Requests of the group that may have ended in the load balancer's own 502 or 504: at most as
     * many. One that is under way, or goes on like a WebSocket, has no answer either.
     */
    long unanswered() {
      return Math.min(Math.max(0, sent - answered), failed);
    }
  }
}
