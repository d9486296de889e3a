package io.crossfade.approval;

import io.crossfade.release.CaughtError;
import io.crossfade.release.Deployment;
import io.crossfade.release.Verdict;

/** Takes a decision that is written down to the task that waits for it. */
final class DecisionDelivery {
  private final ApprovalStore approvals;
  private final TaskCallbacks tasks;

  DecisionDelivery(ApprovalStore approvals, TaskCallbacks tasks) {
    this.approvals = approvals;
    this.tasks = tasks;
  }

  TaskCallbacks.Answer passOn(PendingApproval pending) {
    Decision decision = pending.decision();
    return decision.choice() == ApprovalChoice.APPROVED
        ? tasks.succeed(pending.token(), approved(pending.deployment(), decision))
        : tasks.fail(pending.token(), CaughtError.REJECTED, decision.sentence());
  }

  private static Deployment approved(Deployment deployment, Decision decision) {
    Verdict verdict = Verdict.of(Verdict.Action.PROCEED, decision.sentence());
    return deployment.decided(verdict, decision.at());
  }

  boolean passedOnByAnother(PendingApproval decided) {
    return approvals
        .find(decided.nonce())
        .map(kept -> kept.pending().decision())
        .filter(Decision::passedOn)
        .isPresent();
  }

  void markPassedOn(PendingApproval decided) {
    PendingApproval marked = decided.decided(decided.decision().delivered());
    approvals.find(decided.nonce()).ifPresent(kept -> approvals.replace(kept, marked));
  }
}
