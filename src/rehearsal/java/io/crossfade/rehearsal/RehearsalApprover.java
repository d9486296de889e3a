package io.crossfade.rehearsal;

import io.crossfade.approval.ApprovalChoice;
import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.slack.ClickResponse;
import io.crossfade.localaws.slack.LocalSlack;
import io.crossfade.localaws.slack.Message;
import java.net.URI;
import java.time.Duration;

/** Answers the question in Slack, or lets whoever watches do it. */
final class RehearsalApprover {
  private static final Duration A_MOMENT = Duration.ofSeconds(30);

  /** What Slack shows where the app goes on and is not waited for. */
  private static final String TIMEOUT = "operation_timeout";

  private final LocalSlack slack;
  private final URI elsewhere;
  private final ApprovalMode answering;
  private final ScaledClock clock;
  private final ProgressPrinter printer;
  private final TypedApproval typed;
  private Message question;
  private Thread asking;

  /**
   * @param elsewhere where a person can answer who does not type
   */
  RehearsalApprover(
      LocalSlack slack,
      URI elsewhere,
      ApprovalMode answering,
      ScaledClock clock,
      ProgressPrinter printer,
      TypedApproval typed) {
    this.slack = slack;
    this.elsewhere = elsewhere;
    this.answering = answering;
    this.clock = clock;
    this.printer = printer;
    this.typed = typed;
    slack.onMessage(this::read);
  }

  private synchronized void read(Message message) {
    if (question == null && message.actions().contains(ApprovalChoice.APPROVED.actionId())) {
      question = message;
      printer.say("Slack asks: " + message.text());
      asking = new Thread(this::answer, "approver");
      asking.setDaemon(true);
      asking.start();
    } else if (question != null
        && question.ts().equals(message.ts())
        && message.actions().isEmpty()) {
      stopAsking();
    }
  }

  /** What a person typed after somebody else's answer would mean nothing. */
  private synchronized void stopAsking() {
    if (asking != null) {
      asking.interrupt();
      asking = null;
    }
  }

  private void answer() {
    try {
      switch (answering) {
        case ASK -> {
          var choice = typed.ask(elsewhere.toString());
          if (choice.isPresent()) {
            click(choice.get());
          }
        }
        case APPROVE -> byItself(ApprovalChoice.APPROVED);
        case REJECT -> byItself(ApprovalChoice.REJECTED);
        case IGNORE -> printer.say("Nobody answers.");
      }
    } catch (InterruptedException answeredElsewhere) {
      Thread.currentThread().interrupt();
    }
  }

  private void byItself(ApprovalChoice choice) throws InterruptedException {
    printer.say(
        "Nobody sits here to answer: in a moment the answer will be %s.".formatted(choice.word()));
    clock.sleep(A_MOMENT);
    click(choice);
  }

  private void click(ApprovalChoice choice) {
    synchronized (this) {
      // The answer changes the question, which must not stop the click that gave it.
      asking = null;
    }
    printer.say(
        told(
            LocalSlack.ANN.name(),
            choice,
            slack.click(question, choice.actionId(), LocalSlack.ANN)));
  }

  static String told(String who, ApprovalChoice choice, ClickResponse answer) {
    String clicked = "%s clicked: %s".formatted(who, choice.word());
    if (answer.ok()) {
      return clicked;
    }
    String error = "%s. Slack shows the error %s".formatted(clicked, answer.error());
    return !answer.error().equals(TIMEOUT)
        ? error
        : error + ", because the answer came after three seconds. The click counts.";
  }
}
