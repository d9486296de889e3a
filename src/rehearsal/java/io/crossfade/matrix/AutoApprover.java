package io.crossfade.matrix;

import io.crossfade.approval.ApprovalChoice;
import io.crossfade.localaws.slack.LocalSlack;
import io.crossfade.localaws.slack.Message;
import io.crossfade.localaws.states.LocalStepFunctions;
import java.util.concurrent.atomic.AtomicBoolean;

/** Answers the question, and clicks again as long as that has come to nothing. */
final class AutoApprover {
  private static final int MOST_CLICKS = 12;
  private static final long MILLIS_BETWEEN = 1500;

  private final LocalSlack slack;
  private final LocalStepFunctions states;
  private final ApprovalChoice choice;
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile boolean closed;

  AutoApprover(LocalSlack slack, LocalStepFunctions states, ApprovalChoice choice) {
    this.slack = slack;
    this.states = states;
    this.choice = choice;
    slack.onMessage(this::read);
  }

  boolean asked() {
    return asked.get();
  }

  private void read(Message message) {
    if (choice != null && message.actions().contains(choice.actionId())) {
      asked.set(true);
      Thread clicking = new Thread(() -> click(message), "approver");
      clicking.setDaemon(true);
      clicking.start();
    }
  }

  private void click(Message message) {
    try {
      for (int i = 0; i < MOST_CLICKS && !closed && !states.pendingTokens().isEmpty(); i++) {
        slack.click(message, choice.actionId(), LocalSlack.ANN);
        Thread.sleep(MILLIS_BETWEEN);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  void leave() {
    closed = true;
  }
}
