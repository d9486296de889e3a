package io.crossfade.notify;

import io.crossfade.approval.Approvals;
import io.crossfade.approval.Asked;
import io.crossfade.approval.Card;
import io.crossfade.approval.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Event;
import io.crossfade.slack.Message;
import io.crossfade.slack.Messenger;
import io.crossfade.slack.Mrkdwn;
import java.util.function.Consumer;

/** Tells people: by SNS, which must work, and in Slack, which should. */
public final class Announcer {
  private static final int MAX_CHARS = 3000;

  private final Notifier notifier;
  private final Messenger messenger;
  private final Approvals approvals;
  private final Consumer<String> log;

  public Announcer(
      Notifier notifier, Messenger messenger, Approvals approvals, Consumer<String> log) {
    this.notifier = notifier;
    this.messenger = messenger;
    this.approvals = approvals;
    this.log = log;
  }

  /** Each way is tried, whatever became of the one before. */
  public void tell(Notice notice, Deployment deployment) {
    try {
      notifier.tell(notice);
    } finally {
      inSlack(notice, deployment);
    }
  }

  /** Also takes the buttons off the question, whether or not the channel could be told. */
  private void inSlack(Notice notice, Deployment deployment) {
    String sentence = sentence(notice, deployment);
    tried(() -> messenger.post(Message.plain(Mrkdwn.cut(sentence, MAX_CHARS))));
    tried(
        () ->
            approvals
                .asked(deployment.id())
                .ifPresent(asked -> close(asked, deployment, sentence)));
  }

  private static String sentence(Notice notice, Deployment deployment) {
    return "*%s*\n%s"
        .formatted(
            Mrkdwn.escape(notice.subject()),
            Mrkdwn.escape(Mrkdwn.cut(deployment.verdict().reason(), MAX_CHARS)));
  }

  /** The sentence of a release does not say who approved it; the timeline does. */
  private void close(Asked asked, Deployment deployment, String sentence) {
    String approval =
        deployment.timeline().stream()
            .map(Event::what)
            .filter(Decision::approves)
            .map(what -> "\n" + Mrkdwn.escape(what))
            .findFirst()
            .orElse("");
    messenger.change(
        asked.posted(), Card.closed(deployment, asked.evidence(), sentence + approval));
  }

  private void tried(Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException untold) {
      log.accept("Slack was not told: " + untold.getMessage());
    }
  }
}
