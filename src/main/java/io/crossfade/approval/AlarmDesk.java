package io.crossfade.approval;

import io.crossfade.approval.Approvals.Kept;
import io.crossfade.slack.Messenger;
import java.util.List;
import java.util.function.Consumer;

/** Answers the questions that an alarm answers. Whoever was quicker, a person too, has decided. */
final class AlarmDesk {
  private final Approvals approvals;
  private final Courier courier;
  private final Messenger messenger;
  private final Consumer<String> log;

  AlarmDesk(Approvals approvals, Tasks tasks, Messenger messenger, Consumer<String> log) {
    this.approvals = approvals;
    this.courier = new Courier(approvals, tasks);
    this.messenger = messenger;
    this.log = log;
  }

  /**
   * @param deployments that are under way; what goes wrong with one does not keep the others
   *     waiting
   * @throws RuntimeException what went wrong last, so that the event is delivered again
   */
  void take(Fired fired, List<String> deployments) {
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

  private void take(Fired fired, String deployment) {
    approvals
        .asked(deployment)
        .filter(asked -> fired.concerns(asked.evidence()))
        .ifPresent(
            asked -> approvals.find(asked.nonce()).ifPresent(found -> answer(fired, asked, found)));
  }

  private void answer(Fired fired, Asked asked, Kept found) {
    switch (fired.on(found.pending())) {
      case REJECTS -> reject(fired, asked, found);
      case REPAIRS -> passOn(asked, found.pending());
      case NONE -> {}
    }
  }

  private void reject(Fired fired, Asked asked, Kept found) {
    Pending decided = found.pending().decided(Decision.by(fired));
    if (approvals.replace(found, decided)) {
      passOn(asked, decided);
    }
  }

  private void passOn(Asked asked, Pending decided) {
    if (courier.passOn(decided) == Tasks.Answer.TAKEN) {
      log.accept("%s: %s".formatted(decided.deployment().id(), decided.decision().sentence()));
      show(asked, decided);
      courier.markPassedOn(decided);
    }
  }

  private void show(Asked asked, Pending decided) {
    try {
      messenger.change(asked.posted(), Card.decided(decided));
    } catch (RuntimeException unshown) {
      log.accept("the question still has its buttons: " + unshown.getMessage());
    }
  }
}
