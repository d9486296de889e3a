package io.crossfade.plan;

import java.time.Instant;

/** How many requests a load balancer gets. */
public interface RequestRate {
  /** A minute's figures may come a minute or two late, and one without requests has none. */
  int MINUTES = 5;

  /**
   * The most requests in one of the last {@link #MINUTES} whole minutes, to whatever rule.
   *
   * @param ruleArn of any rule of the load balancer
   * @return 0 where CloudWatch shows no minute, for which there were none
   * @throws io.crossfade.release.TransientFailure if CloudWatch cannot tell at the moment
   */
  long highest(String ruleArn, Instant now);
}
