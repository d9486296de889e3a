package io.crossfade.notify;

import io.crossfade.approval.ApprovalMessages;
import io.crossfade.approval.ApprovalStore;
import io.crossfade.approval.PostedApproval;
import io.crossfade.release.Deployment;
import io.crossfade.release.PermanentFailure;
import io.crossfade.slack.Messenger;
import io.crossfade.slack.Mrkdwn;
import io.crossfade.slack.PostedMessage;
import io.crossfade.slack.ReleaseMessageStore;
import io.crossfade.slack.SlackMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Slack. It also takes the buttons off the question, whether or not the channel could be told. A
 * release does not depend on Slack, so what fails here is logged and nothing else.
 */
@ApplicationScoped
public class SlackNotificationChannel implements NotificationChannel {
  private static final int MAX_CHARS = 3000;

  private final Messenger messenger;
  private final ReleaseMessageStore messages;
  private final ApprovalStore approvals;
  private final Consumer<String> log;

  @Inject
  public SlackNotificationChannel(
      Messenger messenger, ReleaseMessageStore messages, ApprovalStore approvals) {
    this(messenger, messages, approvals, Logger.getLogger(SlackNotificationChannel.class)::warn);
  }

  SlackNotificationChannel(
      Messenger messenger,
      ReleaseMessageStore messages,
      ApprovalStore approvals,
      Consumer<String> log) {
    this.messenger = messenger;
    this.messages = messages;
    this.approvals = approvals;
    this.log = log;
  }

  @Override
  public boolean required() {
    return false;
  }

  @Override
  public void send(Notification notification) {
    Deployment deployment = notification.deployment();
    String sentence = sentence(notification);
    attempt(() -> tell(deployment, SlackMessage.plain(Mrkdwn.cut(sentence, MAX_CHARS))));
    attempt(
        () ->
            approvals
                .asked(deployment.id())
                .ifPresent(posted -> close(posted, deployment, sentence)));
  }

  /**
   * In the thread of the release, which tells those who follow it, and in the channel, too. If the
   * message is gone, in the channel alone.
   */
  private void tell(Deployment deployment, SlackMessage message) {
    PostedMessage release = messageOf(deployment);
    try {
      messenger.reply(release, message, true);
    } catch (PermanentFailure refused) {
      if (!release.changeable()) {
        throw refused;
      }
      log.accept("the thread was not told: " + refused.getMessage());
      messenger.post(message);
    }
  }

  /** Where it cannot be found out, the channel is told all the same. */
  private PostedMessage messageOf(Deployment deployment) {
    try {
      return messages
          .find(deployment.id())
          .map(found -> found.document().posted())
          .orElse(PostedMessage.UNKNOWN);
    } catch (RuntimeException unreadable) {
      log.accept("the message of the release was not found: " + unreadable.getMessage());
      return PostedMessage.UNKNOWN;
    }
  }

  private static String sentence(Notification notification) {
    String reason = notification.deployment().verdict().reason();
    String link =
        notification.report() == null ? "" : "\n<%s|Report>".formatted(notification.report());
    return "*%s*%s\n%s"
        .formatted(
            Mrkdwn.escape(notification.subject()),
            link,
            Mrkdwn.escape(Mrkdwn.cut(reason, MAX_CHARS)));
  }

  /** The reason of a release does not say who approved it. */
  private void close(PostedApproval posted, Deployment deployment, String sentence) {
    String approval =
        deployment.approval() == null ? "" : "\n" + Mrkdwn.escape(deployment.approval().sentence());
    messenger.change(
        posted.posted(),
        ApprovalMessages.closed(deployment, posted.evidence(), sentence + approval));
  }

  private void attempt(Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException untold) {
      log.accept("Slack was not told: " + untold.getMessage());
    }
  }
}
