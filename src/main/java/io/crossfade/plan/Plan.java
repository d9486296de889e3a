package io.crossfade.plan;

import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;

/** What comes of planning a release. */
sealed interface Plan {
  /** What the state machine branches on. */
  enum Action implements Decision.Action {
    /** START means the release may change something now. */
    START,
    /** REVERT means the same, with a task definition that is registered already. */
    REVERT,
    /** DRY_RUN means the plan is the result; nothing was touched. */
    DRY_RUN
  }

  Deployment document();

  /** The release may start. */
  record Ready(Deployment document) implements Plan {}

  /** Nothing more was asked for than the plan. */
  record DryRun(Deployment document) implements Plan {}

  /** It is not safe to start. */
  record Refused(Deployment document) implements Plan {}
}
