package io.crossfade.fleet;

import io.crossfade.release.Deployment;

/** Where it is kept that a deployment takes the old version away: from then on it goes forward. */
public interface PointOfNoReturn {
  /** Keeps the whole document, so that another execution can finish what this one has begun. */
  void passed(Deployment deployment);

  boolean isPassed(Deployment deployment);
}
