package io.crossfade.approval;

/** What something else than a click means for a question that it would reject. */
enum RejectionEffect {
  /** REJECTS means it is the answer. */
  REJECTS,
  /** REDELIVER means it was the answer already, but Step Functions may not have it. */
  REDELIVER,
  /** NONE means the question is decided, over, or about something else. */
  NONE
}
