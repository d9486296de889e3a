package io.crossfade.approval;

import io.crossfade.approval.ClickAnswers.Answer;
import io.crossfade.release.Versioned;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes a click that surely comes from Slack to Step Functions. There is exactly one decision for a
 * question. It is written down before it is delivered, so that a crash in between loses nothing.
 */
@ApplicationScoped
public class ClickService {
  private final ApprovalStore approvals;
  private final DecisionDelivery delivery;
  private final ClickAnswers answers;

  public ClickService(ApprovalStore approvals, DecisionDelivery delivery, ClickAnswers answers) {
    this.approvals = approvals;
    this.delivery = delivery;
    this.answers = answers;
  }

  void take(Click click, Instant now, ResponseDeadline deadline) {
    answers.toApprover(
        click.by(), deadline, answer -> take(click, approvals.find(click.nonce()), now, answer));
  }

  private void take(
      Click click, Optional<Versioned<PendingApproval>> found, Instant now, Answer answer) {
    switch (ClickPolicy.decide(click, found, answers.approvers(), now)) {
      case UNKNOWN -> answer.whisper("unknown", ApprovalMessages.UNKNOWN);
      case TOO_LATE -> answer.whisper("too late", ApprovalMessages.TOO_LATE);
      case OWN_RELEASE -> answer.whisper("own release", ApprovalMessages.OWN_RELEASE);
      case ALREADY_ANSWERED ->
          answer.whisper(
              "already answered",
              ApprovalMessages.alreadyAnswered(found.orElseThrow().document().decision()));
      case REDELIVER -> redeliver(found.orElseThrow(), answer);
      case COUNTS -> decide(click, found.orElseThrow(), now, answer);
    }
  }

  private void decide(Click click, Versioned<PendingApproval> found, Instant now, Answer answer) {
    ApprovalDecision decision = ApprovalDecision.by(click, now);
    Optional<Versioned<PendingApproval>> stored =
        approvals
            .replace(found, found.document().withDecision(decision))
            .or(() -> writtenAlready(click, decision));
    if (stored.isEmpty()) {
      tellWhoWasQuicker(click, answer);
      return;
    }
    PendingApproval decided = stored.get().document();
    if (delivery.deliver(decided) == TaskCallbacks.Result.GONE
        && !delivery.deliveredByAnother(decided)) {
      answer.whisper("gone", ApprovalMessages.GONE);
      return;
    }
    settle(stored.get(), answer);
    answers.log("%s: %s".formatted(decided.deployment().id(), decision.sentence()));
  }

  /** A write may have happened although its answer was lost; its retry is refused then. */
  private Optional<Versioned<PendingApproval>> writtenAlready(
      Click click, ApprovalDecision decision) {
    return approvals
        .find(click.nonce())
        .filter(stored -> decision.equals(stored.document().decision()));
  }

  /** Another click at the same moment was quicker; it delivers its own answer. */
  private void tellWhoWasQuicker(Click click, Answer answer) {
    Optional<ApprovalDecision> decision =
        approvals.find(click.nonce()).map(stored -> stored.document().decision());
    answer.whisper(
        "beaten",
        decision.map(ApprovalMessages::alreadyAnswered).orElse(ApprovalMessages.TRY_AGAIN));
  }

  private void redeliver(Versioned<PendingApproval> found, Answer answer) {
    PendingApproval pending = found.document();
    if (delivery.deliver(pending) == TaskCallbacks.Result.GONE) {
      answer.whisper("gone", ApprovalMessages.GONE);
      return;
    }
    settle(found, answer);
    answer.whisper("repaired", ApprovalMessages.passedOnNow(pending.decision()));
  }

  /** What is left once the decision is where it belongs; if it fails, a later click does it. */
  private void settle(Versioned<PendingApproval> decided, Answer answer) {
    answer.show(ApprovalMessages.decided(decided.document()));
    answer.inTime(() -> delivery.markDelivered(decided));
  }
}
