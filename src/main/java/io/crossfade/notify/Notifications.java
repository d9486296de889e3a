package io.crossfade.notify;

import io.crossfade.approval.ApprovalMessages;
import io.crossfade.approval.ApprovalStore;
import io.crossfade.approval.Decision;
import io.crossfade.approval.PostedApproval;
import io.crossfade.release.Deployment;
import io.crossfade.release.TimelineEvent;
import io.crossfade.slack.Messenger;
import io.crossfade.slack.Mrkdwn;
import io.crossfade.slack.SlackMessage;
import java.util.function.Consumer;

/** Tells people: by SNS, which must work, and in Slack, which should. */
public final class Notifications {
  private static final int MAX_CHARS = 3000;

  private final NotificationChannel notifier;
  private final Messenger messenger;
  private final ApprovalStore approvals;
  private final Consumer<String> log;

  public Notifications(
      NotificationChannel notifier,
      Messenger messenger,
      ApprovalStore approvals,
      Consumer<String> log) {
    this.notifier = notifier;
    this.messenger = messenger;
    this.approvals = approvals;
    this.log = log;
  }

  /** Each way is tried, whatever became of the one before. */
  public void tell(Notification notice, Deployment deployment) {
    try {
      notifier.tell(notice);
    } finally {
      inSlack(notice, deployment);
    }
  }

  /** Also takes the buttons off the question, whether or not the channel could be told. */
  private void inSlack(Notification notice, Deployment deployment) {
    String sentence = sentence(notice, deployment);
    tried(() -> messenger.post(SlackMessage.plain(Mrkdwn.cut(sentence, MAX_CHARS))));
    tried(
        () ->
            approvals
                .asked(deployment.id())
                .ifPresent(asked -> close(asked, deployment, sentence)));
  }

  private static String sentence(Notification notice, Deployment deployment) {
    return "*%s*\n%s"
        .formatted(
            Mrkdwn.escape(notice.subject()),
            Mrkdwn.escape(Mrkdwn.cut(deployment.verdict().reason(), MAX_CHARS)));
  }

  /** The sentence of a release does not say who approved it; the timeline does. */
  private void close(PostedApproval asked, Deployment deployment, String sentence) {
    String approval =
        deployment.timeline().stream()
            .map(TimelineEvent::what)
            .filter(Decision::approves)
            .map(what -> "\n" + Mrkdwn.escape(what))
            .findFirst()
            .orElse("");
    messenger.change(
        asked.posted(), ApprovalMessages.closed(deployment, asked.evidence(), sentence + approval));
  }

  private void tried(Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException untold) {
      log.accept("Slack was not told: " + untold.getMessage());
    }
  }
}
