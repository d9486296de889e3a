package io.crossfade.approval;

import io.crossfade.approval.ApprovalStore.Kept;
import io.crossfade.approval.ClickPolicy.Ruling;
import io.crossfade.slack.Messenger;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes a click that surely comes from Slack to Step Functions: exactly one decision for a
 * question, written down before it is passed on, so that a crash in between loses nothing.
 */
final class ClickService {
  private final ApprovalStore approvals;
  private final DecisionDelivery courier;
  private final Messenger messenger;
  private final Approvers approvers;
  private final Consumer<String> log;

  ClickService(
      ApprovalStore approvals,
      TaskCallbacks tasks,
      Messenger messenger,
      Approvers approvers,
      Consumer<String> log) {
    this.approvals = approvals;
    this.courier = new DecisionDelivery(approvals, tasks);
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
      rule(click, approvals.find(click.nonce()), now, deadline);
    } catch (RuntimeException failed) {
      whisper(
          click,
          deadline,
          "failed, " + failed.getClass().getSimpleName(),
          ApprovalMessages.TRY_AGAIN);
    }
  }

  private void rule(Click click, Optional<Kept> found, Instant now, ResponseDeadline deadline) {
    Ruling ruling = ClickPolicy.of(click, found, approvers, now);
    switch (ruling) {
      case UNKNOWN -> whisper(click, deadline, "unknown", ApprovalMessages.UNKNOWN);
      case TOO_LATE -> whisper(click, deadline, "too late", ApprovalMessages.TOO_LATE);
      case OWN_RELEASE -> whisper(click, deadline, "own release", ApprovalMessages.OWN_RELEASE);
      case ANSWERED -> answered(click, found.orElseThrow(), deadline);
      case REPAIRS -> repair(click, found.orElseThrow(), deadline);
      case COUNTS -> decide(click, found.orElseThrow(), now, deadline);
    }
  }

  private void answered(Click click, Kept found, ResponseDeadline deadline) {
    String sentence = ApprovalMessages.alreadyAnswered(found.pending().decision());
    whisper(click, deadline, "already answered", sentence);
  }

  private void decide(Click click, Kept found, Instant now, ResponseDeadline deadline) {
    Decision decision = Decision.by(click, now);
    PendingApproval decided = found.pending().decided(decision);
    if (!approvals.replace(found, decided) && !written(click, decision)) {
      beaten(click, deadline);
      return;
    }
    if (courier.passOn(decided) == TaskCallbacks.Answer.GONE
        && !courier.passedOnByAnother(decided)) {
      whisper(click, deadline, "gone", ApprovalMessages.GONE);
      return;
    }
    settle(click, decided, deadline);
    log.accept("%s: %s".formatted(decided.deployment().id(), decision.sentence()));
  }

  /** A write may have happened although its answer was lost; its retry is refused then. */
  private boolean written(Click click, Decision decision) {
    return approvals
        .find(click.nonce())
        .filter(kept -> decision.equals(kept.pending().decision()))
        .isPresent();
  }

  /** Another click at the same moment was quicker; it passes its own answer on. */
  private void beaten(Click click, ResponseDeadline deadline) {
    Optional<Kept> now = approvals.find(click.nonce());
    Optional<Decision> decision = now.map(kept -> kept.pending().decision());
    whisper(
        click,
        deadline,
        "beaten",
        decision.map(ApprovalMessages::alreadyAnswered).orElse(ApprovalMessages.TRY_AGAIN));
  }

  private void repair(Click click, Kept found, ResponseDeadline deadline) {
    PendingApproval pending = found.pending();
    if (courier.passOn(pending) == TaskCallbacks.Answer.GONE) {
      whisper(click, deadline, "gone", ApprovalMessages.GONE);
      return;
    }
    settle(click, pending, deadline);
    whisper(click, deadline, "repaired", ApprovalMessages.passedOnNow(pending.decision()));
  }

  /** What is left once the decision is where it belongs; if it fails, a later click does it. */
  private void settle(Click click, PendingApproval decided, ResponseDeadline deadline) {
    politely(
        deadline, () -> messenger.replace(click.responseUrl(), ApprovalMessages.decided(decided)));
    politely(deadline, () -> courier.markPassedOn(decided));
  }

  private void whisper(Click click, ResponseDeadline deadline, String what, String text) {
    log.accept("a click of %s: %s".formatted(click.userId(), what));
    politely(deadline, () -> messenger.whisper(click.responseUrl(), text));
  }

  private void politely(ResponseDeadline deadline, Runnable courtesy) {
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
