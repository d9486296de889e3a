package io.crossfade.approval;

import io.crossfade.approval.ApprovalStore.Kept;
import io.crossfade.release.TransientFailure;
import io.crossfade.slack.Messenger;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Answers the questions that an alarm answers. Whoever was quicker, a person too, has decided. */
final class AlarmRejection {
  private static final int TRIES = 3;

  private final ApprovalStore approvals;
  private final DecisionDelivery courier;
  private final Messenger messenger;
  private final Consumer<String> log;

  AlarmRejection(
      ApprovalStore approvals, TaskCallbacks tasks, Messenger messenger, Consumer<String> log) {
    this.approvals = approvals;
    this.courier = new DecisionDelivery(approvals, tasks);
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
   * Whoever is beaten to the write looks again: it may have been its own, with the answer lost, or
   * a conflict after which nothing is written.
   */
  private void answer(AlarmFired fired, PostedApproval asked) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Optional<Kept> found = approvals.find(asked.nonce());
      if (found.isEmpty() || answered(fired, asked, found.get())) {
        return;
      }
    }
    throw new TransientFailure("the question changes all the time");
  }

  private boolean answered(AlarmFired fired, PostedApproval asked, Kept found) {
    return switch (fired.on(found.pending())) {
      case REJECTS -> rejected(fired, asked, found);
      case REPAIRS -> {
        passOn(asked, found.pending());
        yield true;
      }
      case NONE -> true;
    };
  }

  private boolean rejected(AlarmFired fired, PostedApproval asked, Kept found) {
    PendingApproval decided = found.pending().decided(Decision.by(fired));
    boolean written = approvals.replace(found, decided);
    if (written) {
      passOn(asked, decided);
    }
    return written;
  }

  private void passOn(PostedApproval asked, PendingApproval decided) {
    if (courier.passOn(decided) == TaskCallbacks.Answer.TAKEN) {
      log.accept("%s: %s".formatted(decided.deployment().id(), decided.decision().sentence()));
      show(asked, decided);
      courier.markPassedOn(decided);
    }
  }

  private void show(PostedApproval asked, PendingApproval decided) {
    try {
      messenger.change(asked.posted(), ApprovalMessages.decided(decided));
    } catch (RuntimeException unshown) {
      log.accept("the question still has its buttons: " + unshown.getMessage());
    }
  }
}
