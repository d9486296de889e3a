package io.crossfade.approval;

import io.crossfade.release.Approval;
import io.crossfade.release.CaughtError;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Phase;
import io.crossfade.release.Versioned;
import jakarta.enterprise.context.ApplicationScoped;

/** Delivers a decision that is written down to the task that waits for it. */
@ApplicationScoped
public class DecisionDelivery {
  private enum Answer implements Decision.Action {
    /** APPROVED means the old version may go. */
    APPROVED
  }

  private final ApprovalStore approvals;
  private final TaskCallbacks tasks;

  public DecisionDelivery(ApprovalStore approvals, TaskCallbacks tasks) {
    this.approvals = approvals;
    this.tasks = tasks;
  }

  TaskCallbacks.Result deliver(PendingApproval pending) {
    ApprovalDecision decision = pending.decision();
    return decision.choice() == ApprovalChoice.APPROVED
        ? tasks.succeed(pending.token(), approved(pending.deployment(), decision))
        : tasks.fail(pending.token(), CaughtError.REJECTED, decision.sentence());
  }

  private static Deployment approved(Deployment deployment, ApprovalDecision decision) {
    return deployment
        .with(new Approval(decision.userId(), decision.userName(), decision.at()))
        .with(deployment.progress().in(Phase.DRAINING))
        .recordDecision(Decision.of(Answer.APPROVED, decision.sentence()), decision.at());
  }

  boolean deliveredByAnother(PendingApproval decided) {
    return approvals
        .find(decided.nonce())
        .map(stored -> stored.document().decision())
        .filter(ApprovalDecision::passedOn)
        .isPresent();
  }

  /** If somebody else has written it in the meantime, a later click finds out. */
  void markDelivered(Versioned<PendingApproval> decided) {
    PendingApproval pending = decided.document();
    approvals.replace(decided, pending.withDecision(pending.decision().asDelivered()));
  }
}
