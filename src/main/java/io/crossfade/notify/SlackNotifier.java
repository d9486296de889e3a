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

/** Tells the channel, and takes the buttons off the question that was asked there. */
final class SlackNotifier {
  private static final int MAX_CHARS = 3000;

  private final Messenger messenger;
  private final Approvals approvals;

  SlackNotifier(Messenger messenger, Approvals approvals) {
    this.messenger = messenger;
    this.approvals = approvals;
  }

  void tell(Notice notice, Deployment deployment) {
    String sentence =
        "*%s*\n%s"
            .formatted(
                Mrkdwn.escape(notice.subject()),
                Mrkdwn.escape(Mrkdwn.cut(deployment.verdict().reason(), MAX_CHARS)));
    messenger.post(Message.plain(Mrkdwn.cut(sentence, MAX_CHARS)));
    approvals.asked(deployment.id()).ifPresent(asked -> close(asked, deployment, sentence));
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
}
