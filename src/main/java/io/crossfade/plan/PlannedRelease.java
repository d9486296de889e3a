package io.crossfade.plan;

import io.crossfade.lock.Lock;
import io.crossfade.lock.ReleasedBuild;
import io.crossfade.release.Deployment;
import io.crossfade.release.Release;

/**
 * What is to be planned.
 *
 * @param reverted the record of the release that it takes back; null if it takes none back
 * @param live the last build that was released on the rule, as its lock says; null if none was
 */
record PlannedRelease(Release release, Deployment reverted, ReleasedBuild live) {
  /**
   * @param lock the rule's; null if there is none
   */
  PlannedRelease on(Lock lock) {
    return new PlannedRelease(release, reverted, lock == null ? null : lock.live());
  }
}
