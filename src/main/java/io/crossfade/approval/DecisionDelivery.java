package io.crossfade.approval;

import io.crossfade.command.GivenCommand;
import io.crossfade.command.OpenQuestion;
import io.crossfade.release.Approval;
import io.crossfade.release.CaughtError;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Phase;
import io.crossfade.release.TransientFailure;
import io.crossfade.release.Versioned;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Delivers a decision that is written down to the task that waits for it. */
@ApplicationScoped
public class DecisionDelivery implements OpenQuestion {
  private enum Answer implements Decision.Action {
    /** APPROVED means the old version may go. */
    APPROVED
  }

  private static final int TRIES = 3;

  private final ApprovalStore approvals;
  private final TaskCallbacks tasks;

  public DecisionDelivery(ApprovalStore approvals, TaskCallbacks tasks) {
    this.approvals = approvals;
    this.tasks = tasks;
  }

  /** The question is closed in Slack when the release has ended. */
  @Override
  public void reject(String deployment, GivenCommand rollback) {
    approvals
        .asked(deployment)
        .ifPresent(
            asked ->
                reject(asked.nonce(), ApprovalDecision.by(rollback), open -> true, decided -> {}));
  }

  /**
   * Writes a rejection down and delivers it. If the write is refused, it reads again: the stored
   * decision may be its own, because the answer was lost, or nothing was written after a conflict.
   * Another decision stands.
   *
   * @param counts whether it is the answer to the question, which is open
   * @param taken is told of it once Step Functions has it
   */
  void reject(
      String nonce,
      ApprovalDecision rejection,
      Predicate<PendingApproval> counts,
      Consumer<PendingApproval> taken) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Optional<Versioned<PendingApproval>> found = approvals.find(nonce);
      ApprovalDecision made = found.map(f -> f.document().decision()).orElse(null);
      boolean mine =
          made == null
              ? found.map(Versioned::document).filter(counts).isPresent()
              : made.awaitsDelivery(rejection);
      if (!mine) {
        return;
      }
      Optional<Versioned<PendingApproval>> decided =
          made == null
              ? approvals.replace(found.get(), found.get().document().withDecision(rejection))
              : found;
      if (decided.isPresent()) {
        passOn(decided.get(), taken);
        return;
      }
    }
    throw new TransientFailure("the question changes all the time");
  }

  private void passOn(Versioned<PendingApproval> stored, Consumer<PendingApproval> taken) {
    if (deliver(stored.document()) == TaskCallbacks.Result.TAKEN) {
      taken.accept(stored.document());
      markDelivered(stored);
    }
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
