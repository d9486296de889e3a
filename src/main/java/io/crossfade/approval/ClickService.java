package io.crossfade.approval;

import io.crossfade.release.Versioned;
import io.crossfade.slack.Messenger;
import io.crossfade.slack.SlackConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Takes a click that surely comes from Slack to Step Functions. There is exactly one decision for a
 * question. It is written down before it is delivered, so that a crash in between loses nothing.
 */
@ApplicationScoped
public class ClickService {
  private final ApprovalStore approvals;
  private final DecisionDelivery delivery;
  private final Messenger messenger;
  private final Approvers approvers;
  private final Consumer<String> log;

  @Inject
  public ClickService(
      ApprovalStore approvals, DecisionDelivery delivery, Messenger messenger, SlackConfig config) {
    this(
        approvals,
        delivery,
        messenger,
        approvers(config),
        Logger.getLogger(ClickService.class)::info);
  }

  public static Approvers approvers(SlackConfig config) {
    return Approvers.from(
        config.approvers().orElse(""), config.otherAuthors().orElse(""), config.authorMayApprove());
  }

  ClickService(
      ApprovalStore approvals,
      DecisionDelivery delivery,
      Messenger messenger,
      Approvers approvers,
      Consumer<String> log) {
    this.approvals = approvals;
    this.delivery = delivery;
    this.messenger = messenger;
    this.approvers = approvers;
    this.log = log;
  }

  void take(Click click, Instant now, ResponseDeadline deadline) {
    if (!approvers.include(click.userId())) {
      whisper(click, deadline, "not allowed", ApprovalMessages.NOT_ALLOWED);
      return;
    }
    try {
      answer(click, approvals.find(click.nonce()), now, deadline);
    } catch (RuntimeException failed) {
      whisper(
          click,
          deadline,
          "failed, " + failed.getClass().getSimpleName(),
          ApprovalMessages.TRY_AGAIN);
    }
  }

  private void answer(
      Click click,
      Optional<Versioned<PendingApproval>> found,
      Instant now,
      ResponseDeadline deadline) {
    switch (ClickPolicy.decide(click, found, approvers, now)) {
      case UNKNOWN -> whisper(click, deadline, "unknown", ApprovalMessages.UNKNOWN);
      case TOO_LATE -> whisper(click, deadline, "too late", ApprovalMessages.TOO_LATE);
      case OWN_RELEASE -> whisper(click, deadline, "own release", ApprovalMessages.OWN_RELEASE);
      case ALREADY_ANSWERED -> tellWhoAnswered(click, found.orElseThrow(), deadline);
      case REDELIVER -> redeliver(click, found.orElseThrow(), deadline);
      case COUNTS -> decide(click, found.orElseThrow(), now, deadline);
    }
  }

  private void tellWhoAnswered(
      Click click, Versioned<PendingApproval> found, ResponseDeadline deadline) {
    String sentence = ApprovalMessages.alreadyAnswered(found.document().decision());
    whisper(click, deadline, "already answered", sentence);
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
      whisper(click, deadline, "gone", ApprovalMessages.GONE);
      return;
    }
    settle(click, stored.get(), deadline);
    log.accept("%s: %s".formatted(decided.deployment().id(), decision.sentence()));
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
    whisper(
        click,
        deadline,
        "beaten",
        decision.map(ApprovalMessages::alreadyAnswered).orElse(ApprovalMessages.TRY_AGAIN));
  }

  private void redeliver(Click click, Versioned<PendingApproval> found, ResponseDeadline deadline) {
    PendingApproval pending = found.document();
    if (delivery.deliver(pending) == TaskCallbacks.Result.GONE) {
      whisper(click, deadline, "gone", ApprovalMessages.GONE);
      return;
    }
    settle(click, found, deadline);
    whisper(click, deadline, "repaired", ApprovalMessages.passedOnNow(pending.decision()));
  }

  /** What is left once the decision is where it belongs; if it fails, a later click does it. */
  private void settle(Click click, Versioned<PendingApproval> decided, ResponseDeadline deadline) {
    inTime(
        deadline,
        () -> messenger.replace(click.responseUrl(), ApprovalMessages.decided(decided.document())));
    inTime(deadline, () -> delivery.markDelivered(decided));
  }

  private void whisper(Click click, ResponseDeadline deadline, String what, String text) {
    log.accept("a click of %s: %s".formatted(click.userId(), what));
    inTime(deadline, () -> messenger.whisper(click.responseUrl(), text));
  }

  private void inTime(ResponseDeadline deadline, Runnable courtesy) {
    if (deadline.past()) {
      log.accept("left out a courtesy: Slack does not wait any longer");
      return;
    }
    try {
      courtesy.run();
    } catch (RuntimeException failed) {
      log.accept("a courtesy failed: " + failed.getMessage());
    }
  }
}
