package io.crossfade.plan;

import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;

/**
 * What comes of planning a release.
 *
 * @param ready whether the release may start; else nothing more was asked for than the plan, or it
 *     is not safe
 */
record Plan(Deployment document, boolean ready) {
  /** What the state machine branches on. */
  enum Action implements Decision.Action {
    /** START means the release may change something now. */
    START,
    /** REVERT means the same, with a task definition that is registered already. */
    REVERT,
    /** DRY_RUN means the plan is the result; nothing was touched. */
    DRY_RUN
  }
}
