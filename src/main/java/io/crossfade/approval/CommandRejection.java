package io.crossfade.approval;

import io.crossfade.command.GivenCommand;
import io.crossfade.command.OpenQuestion;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Rejects a pending approval because a person has rolled the release back. The question is closed
 * in Slack when the release has ended.
 */
@ApplicationScoped
public class CommandRejection implements OpenQuestion {
  private final ApprovalStore approvals;
  private final DecisionDelivery delivery;

  public CommandRejection(ApprovalStore approvals, DecisionDelivery delivery) {
    this.approvals = approvals;
    this.delivery = delivery;
  }

  @Override
  public void reject(String deployment, GivenCommand rollback) {
    ApprovalDecision mine = ApprovalDecision.by(rollback);
    approvals
        .asked(deployment)
        .ifPresent(
            asked ->
                delivery.reject(
                    asked.nonce(), mine, question -> effect(mine, question), decided -> {}));
  }

  private static RejectionEffect effect(ApprovalDecision mine, PendingApproval question) {
    if (question.decision() == null) {
      return RejectionEffect.REJECTS;
    }
    return question.decision().equals(mine) ? RejectionEffect.REDELIVER : RejectionEffect.NONE;
  }
}
