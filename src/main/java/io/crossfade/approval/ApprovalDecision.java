package io.crossfade.approval;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Who decided what, and when: a person, or an alarm that fired meanwhile.
 *
 * @param userId Slack's id for the person; a name can be taken by somebody else
 * @param userName the person's name where Slack gave it
 * @param alarm the alarm's name; null where a person decided
 * @param passedOn whether it is known to have been delivered to Step Functions
 */
public record ApprovalDecision(
    ApprovalChoice choice,
    String userId,
    String userName,
    String alarm,
    Instant at,
    boolean passedOn) {
  public ApprovalDecision {
    requireNonNull(choice);
    requireNonNull(alarm == null ? userId : alarm);
    requireNonNull(at);
  }

  static ApprovalDecision by(Click click, Instant at) {
    return new ApprovalDecision(click.choice(), click.userId(), click.userName(), null, at, false);
  }

  /** An alarm can only reject. */
  static ApprovalDecision by(AlarmFired fired) {
    return new ApprovalDecision(
        ApprovalChoice.REJECTED, null, null, fired.alarm(), fired.at(), false);
  }

  ApprovalDecision asDelivered() {
    return new ApprovalDecision(choice, userId, userName, alarm, at, true);
  }

  public String sentence() {
    if (alarm != null) {
      return "%s: the alarm %s fired while the release waited for an answer"
          .formatted(choice.word(), alarm);
    }
    return userName == null
        ? "%s by %s".formatted(choice.word(), userId)
        : "%s by %s (%s)".formatted(choice.word(), userName, userId);
  }
}
