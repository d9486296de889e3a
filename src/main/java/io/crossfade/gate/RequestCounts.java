package io.crossfade.gate;

import io.crossfade.release.Deployment;
import io.crossfade.release.DeploymentTarget;
import java.time.Instant;

/** What the two target groups of a release were sent, and what became of it. */
public interface RequestCounts {
  /**
   * By one question, in the minutes that CloudWatch shows: the last ones may still be missing.
   *
   * @throws io.crossfade.release.TransientFailure if CloudWatch cannot tell at the moment
   */
  CountedRequests between(String ruleArn, DeploymentTarget target, Instant from, Instant to);

  /** Those of a deployment. */
  default CountedRequests between(Deployment deployment, Instant from, Instant to) {
    return between(deployment.release().ruleArn(), deployment.target(), from, to);
  }
}
