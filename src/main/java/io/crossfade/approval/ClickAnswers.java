package io.crossfade.approval;

import io.crossfade.slack.Messenger;
import io.crossfade.slack.SlackConfig;
import io.crossfade.slack.SlackMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Tells those who click what came of it, as long as Slack waits. */
@ApplicationScoped
public class ClickAnswers {
  private final Messenger messenger;
  private final Approvers approvers;
  private final Consumer<String> log;

  @Inject
  public ClickAnswers(Messenger messenger, SlackConfig config) {
    this(messenger, approvers(config), Logger.getLogger(ClickAnswers.class)::info);
  }

  ClickAnswers(Messenger messenger, Approvers approvers, Consumer<String> log) {
    this.messenger = messenger;
    this.approvers = approvers;
    this.log = log;
  }

  public static Approvers approvers(SlackConfig config) {
    return Approvers.from(
        config.approvers().orElse(""), config.otherAuthors().orElse(""), config.authorMayApprove());
  }

  /** Those who may click. */
  Approvers approvers() {
    return approvers;
  }

  /** Does what a click asks for if it is an approver's, and tells it to click again if it fails. */
  void toApprover(Clicker by, ResponseDeadline deadline, Consumer<Answer> what) {
    Answer answer = new Answer(by, deadline);
    if (!approvers.include(by.userId())) {
      answer.whisper("not allowed", ApprovalMessages.NOT_ALLOWED);
      return;
    }
    try {
      what.accept(answer);
    } catch (RuntimeException failed) {
      answer.whisper("failed, " + failed.getClass().getSimpleName(), ApprovalMessages.TRY_AGAIN);
    }
  }

  void log(String line) {
    log.accept(line);
  }

  /** The answer to one click. */
  final class Answer {
    private final Clicker by;
    private final ResponseDeadline deadline;

    private Answer(Clicker by, ResponseDeadline deadline) {
      this.by = by;
      this.deadline = deadline;
    }

    /**
     * @param what it came to, for the log
     */
    void whisper(String what, String text) {
      log("a click of %s: %s".formatted(by.userId(), what));
      inTime(() -> messenger.whisper(by.responseUrl(), text));
    }

    /** Changes the message that was clicked. */
    void show(SlackMessage message) {
      inTime(() -> messenger.replace(by.responseUrl(), message));
    }

    void inTime(Runnable courtesy) {
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
}
