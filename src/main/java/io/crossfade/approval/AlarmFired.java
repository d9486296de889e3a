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
  boolean answers(PendingApproval open) {
    return concerns(open.evidence())
        && !at.isBefore(open.deployment().progress().since())
        && !open.expired(at);
  }
}
