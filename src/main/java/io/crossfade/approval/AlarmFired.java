package io.crossfade.approval;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * An alarm that has just gone to ALARM.
 *
 * @param at when, by CloudWatch's clock, to the second
 */
record AlarmFired(String alarm, Instant at) {
  AlarmFired {
    requireNonNull(alarm);
    requireNonNull(at);
  }

  /** Whether the release watched this alarm when its question was asked. */
  boolean concerns(Evidence evidence) {
    return evidence.alarms().stream()
        .anyMatch(watched -> watched.name().equals(alarm) && !watched.setAside());
  }

  /** An event may come late: what fired before the last step began was judged by then. */
  RejectionEffect effectOn(PendingApproval pending) {
    ApprovalDecision decision = pending.decision();
    if (decision != null) {
      boolean mine = alarm.equals(decision.alarm()) && !decision.passedOn();
      return mine ? RejectionEffect.REDELIVER : RejectionEffect.NONE;
    }
    boolean earlier = at.isBefore(pending.deployment().progress().since());
    return !concerns(pending.evidence()) || earlier || pending.expired(at)
        ? RejectionEffect.NONE
        : RejectionEffect.REJECTS;
  }
}
