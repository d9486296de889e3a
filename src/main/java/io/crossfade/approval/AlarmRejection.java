package io.crossfade.approval;

import io.crossfade.slack.Messenger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Rejects the pending approvals of the deployments that an alarm concerns. The first decision
 * counts, be it a person's.
 */
@ApplicationScoped
public class AlarmRejection {
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

  private void answer(AlarmFired fired, PostedApproval posted) {
    delivery.reject(
        posted.nonce(),
        ApprovalDecision.by(fired),
        fired::answers,
        decided -> {
          log.accept("%s: %s".formatted(decided.deployment().id(), decided.decision().sentence()));
          show(posted, decided);
        });
  }

  private void show(PostedApproval posted, PendingApproval decided) {
    try {
      messenger.change(posted.posted(), ApprovalMessages.decided(decided));
    } catch (RuntimeException unshown) {
      log.accept("the question still has its buttons: " + unshown.getMessage());
    }
  }
}
