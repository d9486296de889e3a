package io.crossfade.release;

/** What a deployment is doing. Decisions read it instead of guessing it from an earlier verdict. */
public enum Phase {
  /** PLANNED means nothing was changed yet. */
  PLANNED,
  /** SCALED_OUT means the canary's tasks were asked for and their health is awaited. */
  SCALED_OUT,
  /** CHECKING means the release's own checks are waited for, before it has traffic or after. */
  CHECKING,
  /** SHIFTED means new weights were written and the alarms were not looked at since. */
  SHIFTED,
  /** BAKING means the alarms of the present step are watched. */
  BAKING,
  /** AWAITING_APPROVAL means the last step has baked and a person decides. */
  AWAITING_APPROVAL,
  /** DRAINING means the old version may go once it gets no requests. */
  DRAINING
}
