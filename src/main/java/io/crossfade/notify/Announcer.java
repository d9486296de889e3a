package io.crossfade.notify;

import io.crossfade.approval.Approvals;
import io.crossfade.release.Deployment;
import io.crossfade.slack.Messenger;
import java.util.function.Consumer;

/** Tells people: by SNS, which must work, and in Slack, which should. */
public final class Announcer {
  private final Notifier notifier;
  private final SlackNotifier slack;
  private final Consumer<String> log;

  public Announcer(
      Notifier notifier, Messenger messenger, Approvals approvals, Consumer<String> log) {
    this.notifier = notifier;
    this.slack = new SlackNotifier(messenger, approvals);
    this.log = log;
  }

  public void tell(Notice notice, Deployment deployment) {
    notifier.tell(notice);
    try {
      slack.tell(notice, deployment);
    } catch (RuntimeException untold) {
      log.accept("Slack was not told: " + untold.getMessage());
    }
  }
}
