package io.crossfade.approval;

import static java.util.Objects.requireNonNull;

import io.crossfade.command.GivenCommand;
import java.time.Instant;
import java.util.Objects;

/**
 * Who decided what, and when: a person in Slack, an alarm that fired meanwhile, or a person's
 * command.
 *
 * @param userId Slack's id for the person; a name can be taken by somebody else
 * @param userName the person's name where Slack gave it
 * @param alarm the alarm's name; null where a person decided
 * @param command what the command says, with who gave it and why; null where there was none
 * @param passedOn whether it is known to have been delivered to Step Functions
 */
public record ApprovalDecision(
    ApprovalChoice choice,
    String userId,
    String userName,
    String alarm,
    String command,
    Instant at,
    boolean passedOn) {
  public ApprovalDecision {
    requireNonNull(choice);
    if (userId == null && alarm == null && command == null) {
      throw new NullPointerException("a decision is somebody's, or an alarm's");
    }
    requireNonNull(at);
  }

  static ApprovalDecision by(Click click, Instant at) {
    return new ApprovalDecision(
        click.choice(), click.by().userId(), click.by().userName(), null, null, at, false);
  }

  /** An alarm can only reject. */
  static ApprovalDecision by(AlarmFired fired) {
    return new ApprovalDecision(
        ApprovalChoice.REJECTED, null, null, fired.alarm(), null, fired.at(), false);
  }

  /** A rollback can only reject. */
  static ApprovalDecision by(GivenCommand rollback) {
    return new ApprovalDecision(
        ApprovalChoice.REJECTED, null, null, null, rollback.sentence(), rollback.at(), false);
  }

  /**
   * Whether it was made by the same alarm or command, and Step Functions may not have it.
   *
   * @param rejection by an alarm or a command
   */
  boolean awaitsDelivery(ApprovalDecision rejection) {
    return !passedOn
        && Objects.equals(alarm, rejection.alarm)
        && Objects.equals(command, rejection.command);
  }

  ApprovalDecision asDelivered() {
    return new ApprovalDecision(choice, userId, userName, alarm, command, at, true);
  }

  public String sentence() {
    if (command != null) {
      return command;
    }
    if (alarm != null) {
      return "%s: the alarm %s fired while the release waited for an answer"
          .formatted(choice.word(), alarm);
    }
    return userName == null
        ? "%s by %s".formatted(choice.word(), userId)
        : "%s by %s (%s)".formatted(choice.word(), userName, userId);
  }
}
