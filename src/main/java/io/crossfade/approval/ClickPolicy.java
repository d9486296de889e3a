package io.crossfade.approval;

import io.crossfade.approval.ApprovalStore.Kept;
import java.time.Instant;
import java.util.Optional;

/** Decides whether a click counts. */
final class ClickPolicy {
  private ClickPolicy() {}

  /** What a click comes to. */
  enum Ruling {
    /** COUNTS means the click decides. */
    COUNTS,
    /** UNKNOWN means that nothing was asked under this nonce. */
    UNKNOWN,
    /** ANSWERED means somebody was quicker, and Step Functions has it. */
    ANSWERED,
    /**
     * REPAIRS means somebody decided, but Step Functions may not have it: it is passed on again.
     */
    REPAIRS,
    /** TOO_LATE means the question has expired. */
    TOO_LATE,
    /** OWN_RELEASE means the author of a version wants to approve it. */
    OWN_RELEASE
  }

  /** From whoever is allowed to decide. */
  static Ruling of(Click click, Optional<Kept> found, Approvers approvers, Instant now) {
    if (found.isEmpty()) {
      return Ruling.UNKNOWN;
    }
    PendingApproval pending = found.get().pending();
    if (pending.decision() != null) {
      return pending.decision().passedOn() ? Ruling.ANSWERED : Ruling.REPAIRS;
    }
    if (pending.expired(now)) {
      return Ruling.TOO_LATE;
    }
    boolean own =
        click.choice() == ApprovalChoice.APPROVED
            && !approvers.mayApprove(click.userId(), pending.deployment().release().author());
    return own ? Ruling.OWN_RELEASE : Ruling.COUNTS;
  }
}
