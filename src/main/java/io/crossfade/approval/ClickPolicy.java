package io.crossfade.approval;

import io.crossfade.release.Versioned;
import java.time.Instant;
import java.util.Optional;

/** Decides whether a click counts. */
final class ClickPolicy {
  private ClickPolicy() {}

  /** What a click comes to. */
  enum Result {
    /** COUNTS means the click decides. */
    COUNTS,
    /** UNKNOWN means that nothing was asked under this nonce. */
    UNKNOWN,
    /** ALREADY_ANSWERED means somebody was quicker, and Step Functions has it. */
    ALREADY_ANSWERED,
    /**
     * REDELIVER means somebody decided, but Step Functions may not have it: it is passed on again.
     */
    REDELIVER,
    /** TOO_LATE means the question has expired. */
    TOO_LATE,
    /** OWN_RELEASE means the author of a version wants to approve it. */
    OWN_RELEASE
  }

  /** The person must be one of the approvers. */
  static Result decide(
      Click click, Optional<Versioned<PendingApproval>> found, Approvers approvers, Instant now) {
    if (found.isEmpty()) {
      return Result.UNKNOWN;
    }
    PendingApproval pending = found.get().document();
    if (pending.decision() != null) {
      return pending.decision().passedOn() ? Result.ALREADY_ANSWERED : Result.REDELIVER;
    }
    if (pending.expired(now)) {
      return Result.TOO_LATE;
    }
    boolean own =
        click.choice() == ApprovalChoice.APPROVED
            && !approvers.mayApprove(click.by().userId(), pending.deployment().release().author());
    return own ? Result.OWN_RELEASE : Result.COUNTS;
  }
}
