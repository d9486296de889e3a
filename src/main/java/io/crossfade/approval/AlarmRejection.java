package io.crossfade.approval;

import io.crossfade.release.TransientFailure;
import io.crossfade.release.Versioned;
import io.crossfade.slack.Messenger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Rejects the pending approvals of the deployments that an alarm concerns. The first decision
 * counts, be it a person's.
 */
@ApplicationScoped
public class AlarmRejection {
  private static final int TRIES = 3;

  private final ApprovalStore approvals;
  private final DecisionDelivery delivery;
  private final Messenger messenger;
  private final Consumer<String> log;

  @Inject
  public AlarmRejection(ApprovalStore approvals, DecisionDelivery delivery, Messenger messenger) {
    this(approvals, delivery, messenger, Logger.getLogger(AlarmRejection.class)::info);
  }

  AlarmRejection(
      ApprovalStore approvals,
      DecisionDelivery delivery,
      Messenger messenger,
      Consumer<String> log) {
    this.approvals = approvals;
    this.delivery = delivery;
    this.messenger = messenger;
    this.log = log;
  }

  /**
   * @param deployments that are under way; what goes wrong with one does not keep the others
   *     waiting
   * @throws RuntimeException what went wrong last, so that the event is delivered again
   */
  void take(AlarmFired fired, List<String> deployments) {
    RuntimeException wrong = null;
    for (String deployment : deployments) {
      try {
        take(fired, deployment);
      } catch (RuntimeException failed) {
        log.accept("%s: %s".formatted(deployment, failed.getMessage()));
        wrong = failed;
      }
    }
    if (wrong != null) {
      throw wrong;
    }
  }

  private void take(AlarmFired fired, String deployment) {
    approvals
        .asked(deployment)
        .filter(asked -> fired.concerns(asked.evidence()))
        .ifPresent(asked -> answer(fired, asked));
  }

  /**
   * If the write is refused, it reads again. The stored decision may be its own, because the answer
   * was lost, or nothing was written after a conflict.
   */
  private void answer(AlarmFired fired, PostedApproval posted) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Optional<Versioned<PendingApproval>> found = approvals.find(posted.nonce());
      if (found.isEmpty() || answered(fired, posted, found.get())) {
        return;
      }
    }
    throw new TransientFailure("the question changes all the time");
  }

  private boolean answered(
      AlarmFired fired, PostedApproval posted, Versioned<PendingApproval> found) {
    return switch (fired.effectOn(found.document())) {
      case REJECTS -> reject(fired, posted, found);
      case REDELIVER -> {
        deliver(posted, found);
        yield true;
      }
      case NONE -> true;
    };
  }

  private boolean reject(
      AlarmFired fired, PostedApproval posted, Versioned<PendingApproval> found) {
    Optional<Versioned<PendingApproval>> decided =
        approvals.replace(found, found.document().withDecision(ApprovalDecision.by(fired)));
    decided.ifPresent(stored -> deliver(posted, stored));
    return decided.isPresent();
  }

  private void deliver(PostedApproval posted, Versioned<PendingApproval> stored) {
    PendingApproval decided = stored.document();
    if (delivery.deliver(decided) == TaskCallbacks.Result.TAKEN) {
      log.accept("%s: %s".formatted(decided.deployment().id(), decided.decision().sentence()));
      show(posted, decided);
      delivery.markDelivered(stored);
    }
  }

  private void show(PostedApproval posted, PendingApproval decided) {
    try {
      messenger.change(posted.posted(), ApprovalMessages.decided(decided));
    } catch (RuntimeException unshown) {
      log.accept("the question still has its buttons: " + unshown.getMessage());
    }
  }
}
