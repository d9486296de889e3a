package io.crossfade.approval;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * An alarm that has just gone to ALARM.
 *
 * @param at when, by CloudWatch's clock, to the second
 */
record AlarmFired(String alarm, Instant at) {
  /** What that means for a question. */
  enum Effect {
    /** REJECTS means it is the answer. */
    REJECTS,
    /** REDELIVER means it was the answer already, but Step Functions may not have it. */
    REDELIVER,
    /** NONE means the question is decided, over, or about something else. */
    NONE
  }

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
  Effect effectOn(PendingApproval pending) {
    ApprovalDecision decision = pending.decision();
    if (decision != null) {
      boolean mine = alarm.equals(decision.alarm()) && !decision.passedOn();
      return mine ? Effect.REDELIVER : Effect.NONE;
    }
    boolean earlier = at.isBefore(pending.deployment().progress().since());
    return !concerns(pending.evidence()) || earlier || pending.expired(at)
        ? Effect.NONE
        : Effect.REJECTS;
  }
}
