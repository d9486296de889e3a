package io.crossfade.rehearsal;

import io.crossfade.approval.ApprovalChoice;
import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.slack.ClickResponse;
import io.crossfade.localaws.slack.LocalSlack;
import io.crossfade.localaws.slack.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Answers the question in Slack, or lets whoever watches do it. */
final class RehearsalApprover {
  private static final Duration A_MOMENT = Duration.ofSeconds(30);

  private final LocalSlack slack;
  private final ApprovalMode answering;
  private final ScaledClock clock;
  private final ProgressPrinter printer;
  private final AtomicBoolean asked = new AtomicBoolean();

  RehearsalApprover(
      LocalSlack slack, ApprovalMode answering, ScaledClock clock, ProgressPrinter printer) {
    this.slack = slack;
    this.answering = answering;
    this.clock = clock;
    this.printer = printer;
    slack.onMessage(this::read);
  }

  private void read(Message message) {
    if (!message.actions().isEmpty() && asked.compareAndSet(false, true)) {
      printer.say("Slack asks: " + message.text());
      Thread answer = new Thread(() -> answer(message), "approver");
      answer.setDaemon(true);
      answer.start();
    }
  }

  private void answer(Message message) {
    switch (answering) {
      case ASK -> {
        printer.say("Type a (approve) or r (reject) and Enter, or click at " + slack.url());
        typed().ifPresent(choice -> click(message, choice));
      }
      case APPROVE -> byItself(message, ApprovalChoice.APPROVED);
      case REJECT -> byItself(message, ApprovalChoice.REJECTED);
      case IGNORE -> printer.say("Nobody answers.");
    }
  }

  private void byItself(Message message, ApprovalChoice choice) {
    printer.say(
        "Nobody sits here to answer: in a moment the answer will be %s.".formatted(choice.word()));
    try {
      clock.sleep(A_MOMENT);
      click(message, choice);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void click(Message message, ApprovalChoice choice) {
    ClickResponse answer = slack.click(message, choice.actionId(), LocalSlack.ANN);
    printer.say(
        answer.ok()
            ? "ann clicked: " + choice.word()
            : "ann clicked, and Slack shows an error: " + answer.error());
  }

  /** Empty when the input ends without an answer. */
  private static Optional<ApprovalChoice> typed() {
    try {
      for (int key = System.in.read(); key >= 0; key = System.in.read()) {
        if (key == 'a' || key == 'A') {
          return Optional.of(ApprovalChoice.APPROVED);
        }
        if (key == 'r' || key == 'R') {
          return Optional.of(ApprovalChoice.REJECTED);
        }
      }
    } catch (IOException closed) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
