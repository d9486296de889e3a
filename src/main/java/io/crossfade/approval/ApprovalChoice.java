package io.crossfade.approval;

import java.util.Arrays;
import java.util.Optional;

/** What a person can answer. */
public enum ApprovalChoice {
  /** APPROVED means the old version may go. */
  APPROVED("crossfade_approve", "approved"),
  /** REJECTED means everything is put back. */
  REJECTED("crossfade_reject", "rejected");

  private final String actionId;
  private final String word;

  ApprovalChoice(String actionId, String word) {
    this.actionId = actionId;
    this.word = word;
  }

  /** The button's {@code action_id}. */
  public String actionId() {
    return actionId;
  }

  public String word() {
    return word;
  }

  static Optional<ApprovalChoice> of(String actionId) {
    return Arrays.stream(values()).filter(each -> each.actionId.equals(actionId)).findFirst();
  }
}
