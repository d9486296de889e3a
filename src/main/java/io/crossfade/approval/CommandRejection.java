package io.crossfade.approval;

import io.crossfade.command.GivenCommand;
import io.crossfade.command.OpenQuestion;
import io.crossfade.release.TransientFailure;
import io.crossfade.release.Versioned;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Rejects a pending approval because a person has rolled the release back. The question is closed
 * in Slack when the release has ended.
 */
@ApplicationScoped
public class CommandRejection implements OpenQuestion {
  private static final int TRIES = 3;

  private final ApprovalStore approvals;
  private final DecisionDelivery delivery;

  public CommandRejection(ApprovalStore approvals, DecisionDelivery delivery) {
    this.approvals = approvals;
    this.delivery = delivery;
  }

  @Override
  public void reject(String deployment, GivenCommand rollback) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Optional<Versioned<PendingApproval>> found =
          approvals.asked(deployment).flatMap(asked -> approvals.find(asked.nonce()));
      if (found.isEmpty() || rejected(found.get(), ApprovalDecision.by(rollback))) {
        return;
      }
    }
    throw new TransientFailure("the question changes all the time");
  }

  /** False if somebody else has written in the meantime. */
  private boolean rejected(Versioned<PendingApproval> found, ApprovalDecision mine) {
    ApprovalDecision decision = found.document().decision();
    if (decision == null) {
      Optional<Versioned<PendingApproval>> stored =
          approvals.replace(found, found.document().withDecision(mine));
      stored.ifPresent(this::deliver);
      return stored.isPresent();
    }
    if (decision.equals(mine)) {
      deliver(found);
    }
    return true;
  }

  private void deliver(Versioned<PendingApproval> stored) {
    if (delivery.deliver(stored.document()) == TaskCallbacks.Result.TAKEN) {
      delivery.markDelivered(stored);
    }
  }
}
