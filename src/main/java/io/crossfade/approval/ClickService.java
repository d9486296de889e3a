package io.crossfade.approval;

import io.crossfade.release.Versioned;
import io.crossfade.slack.SlackConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
  private final Approvers approvers;

  @Inject
  public ClickService(
      ApprovalStore approvals,
      DecisionDelivery delivery,
      ClickAnswers answers,
      SlackConfig config) {
    this(approvals, delivery, answers, approvers(config));
  }

  public static Approvers approvers(SlackConfig config) {
    return Approvers.from(
        config.approvers().orElse(""), config.otherAuthors().orElse(""), config.authorMayApprove());
  }

  ClickService(
      ApprovalStore approvals,
      DecisionDelivery delivery,
      ClickAnswers answers,
      Approvers approvers) {
    this.approvals = approvals;
    this.delivery = delivery;
    this.answers = answers;
    this.approvers = approvers;
  }

  void take(Click click, Instant now, ResponseDeadline deadline) {
    answers.toApprover(
        click.by(),
        deadline,
        approvers,
        () -> answer(click, approvals.find(click.nonce()), now, deadline));
  }

  private void answer(
      Click click,
      Optional<Versioned<PendingApproval>> found,
      Instant now,
      ResponseDeadline deadline) {
    switch (ClickPolicy.decide(click, found, approvers, now)) {
      case UNKNOWN -> answers.whisper(click.by(), deadline, "unknown", ApprovalMessages.UNKNOWN);
      case TOO_LATE -> answers.whisper(click.by(), deadline, "too late", ApprovalMessages.TOO_LATE);
      case OWN_RELEASE ->
          answers.whisper(click.by(), deadline, "own release", ApprovalMessages.OWN_RELEASE);
      case ALREADY_ANSWERED -> tellWhoAnswered(click, found.orElseThrow(), deadline);
      case REDELIVER -> redeliver(click, found.orElseThrow(), deadline);
      case COUNTS -> decide(click, found.orElseThrow(), now, deadline);
    }
  }

  private void tellWhoAnswered(
      Click click, Versioned<PendingApproval> found, ResponseDeadline deadline) {
    String sentence = ApprovalMessages.alreadyAnswered(found.document().decision());
    answers.whisper(click.by(), deadline, "already answered", sentence);
  }

  private void decide(
      Click click, Versioned<PendingApproval> found, Instant now, ResponseDeadline deadline) {
    ApprovalDecision decision = ApprovalDecision.by(click, now);
    Optional<Versioned<PendingApproval>> stored =
        approvals
            .replace(found, found.document().withDecision(decision))
            .or(() -> writtenAlready(click, decision));
    if (stored.isEmpty()) {
      tellWhoWasQuicker(click, deadline);
      return;
    }
    PendingApproval decided = stored.get().document();
    if (delivery.deliver(decided) == TaskCallbacks.Result.GONE
        && !delivery.deliveredByAnother(decided)) {
      answers.whisper(click.by(), deadline, "gone", ApprovalMessages.GONE);
      return;
    }
    settle(click, stored.get(), deadline);
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
  private void tellWhoWasQuicker(Click click, ResponseDeadline deadline) {
    Optional<ApprovalDecision> decision =
        approvals.find(click.nonce()).map(stored -> stored.document().decision());
    answers.whisper(
        click.by(),
        deadline,
        "beaten",
        decision.map(ApprovalMessages::alreadyAnswered).orElse(ApprovalMessages.TRY_AGAIN));
  }

  private void redeliver(Click click, Versioned<PendingApproval> found, ResponseDeadline deadline) {
    PendingApproval pending = found.document();
    if (delivery.deliver(pending) == TaskCallbacks.Result.GONE) {
      answers.whisper(click.by(), deadline, "gone", ApprovalMessages.GONE);
      return;
    }
    settle(click, found, deadline);
    answers.whisper(
        click.by(), deadline, "repaired", ApprovalMessages.passedOnNow(pending.decision()));
  }

  /** What is left once the decision is where it belongs; if it fails, a later click does it. */
  private void settle(Click click, Versioned<PendingApproval> decided, ResponseDeadline deadline) {
    answers.show(click.by(), deadline, ApprovalMessages.decided(decided.document()));
    answers.inTime(deadline, () -> delivery.markDelivered(decided));
  }
}
