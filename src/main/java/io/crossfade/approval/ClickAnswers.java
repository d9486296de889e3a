package io.crossfade.approval;

import io.crossfade.slack.Messenger;
import io.crossfade.slack.SlackMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Tells those who click what came of it, as long as Slack waits. */
@ApplicationScoped
public class ClickAnswers {
  private final Messenger messenger;
  private final Consumer<String> log;

  @Inject
  public ClickAnswers(Messenger messenger) {
    this(messenger, Logger.getLogger(ClickAnswers.class)::info);
  }

  ClickAnswers(Messenger messenger, Consumer<String> log) {
    this.messenger = messenger;
    this.log = log;
  }

  /** Does what a click asks for if it is an approver's, and tells it to click again if it fails. */
  void toApprover(Clicker by, ResponseDeadline deadline, Approvers approvers, Runnable what) {
    if (!approvers.include(by.userId())) {
      whisper(by, deadline, "not allowed", ApprovalMessages.NOT_ALLOWED);
      return;
    }
    try {
      what.run();
    } catch (RuntimeException failed) {
      whisper(
          by, deadline, "failed, " + failed.getClass().getSimpleName(), ApprovalMessages.TRY_AGAIN);
    }
  }

  /**
   * @param what it came to, for the log
   */
  void whisper(Clicker by, ResponseDeadline deadline, String what, String text) {
    log("a click of %s: %s".formatted(by.userId(), what));
    inTime(deadline, () -> messenger.whisper(by.responseUrl(), text));
  }

  /** Changes the message that was clicked. */
  void show(Clicker by, ResponseDeadline deadline, SlackMessage message) {
    inTime(deadline, () -> messenger.replace(by.responseUrl(), message));
  }

  void log(String line) {
    log.accept(line);
  }

  void inTime(ResponseDeadline deadline, Runnable courtesy) {
    if (deadline.past()) {
      log("left out a courtesy: Slack does not wait any longer");
      return;
    }
    try {
      courtesy.run();
    } catch (RuntimeException failed) {
      log("a courtesy failed: " + failed.getMessage());
    }
  }
}
