package io.crossfade.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.approval.CallbackBench;
import io.crossfade.approval.FakeApprovalStore;
import io.crossfade.approval.FakeMessenger;
import io.crossfade.approval.PostedApproval;
import io.crossfade.release.Deployment;
import io.crossfade.release.Sample;
import io.crossfade.release.TransientFailure;
import io.crossfade.release.Verdict;
import io.crossfade.slack.PostedMessage;
import io.crossfade.slack.SlackMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotificationsTest {
  private static final Notification NOTICE =
      new Notification("Crossfade: backend rolled back", "body");
  private static final Deployment ROLLED_BACK =
      Sample.at(3).with(Verdict.of(Verdict.Action.RESTORED, "rejected <by> Ann"));

  private final FakeApprovalStore approvals = new FakeApprovalStore();
  private final List<Notification> mails = new ArrayList<>();
  private final List<String> log = new ArrayList<>();

  @BeforeEach
  void asked() {
    approvals.posted(
        ROLLED_BACK.id(),
        new PostedApproval("nonce", new PostedMessage("C1", "1.2"), CallbackBench.evidence()));
  }

  @Test
  void theChannelIsToldAndTheButtonsGo() {
    FakeMessenger messenger = new FakeMessenger();
    tell(messenger);
    assertThat(mails).containsExactly(NOTICE);
    assertThat(messenger.posted)
        .extracting(SlackMessage::text)
        .containsExactly("*Crossfade: backend rolled back*\nrejected &lt;by&gt; Ann");
    assertThat(messenger.replaced)
        .extracting(SlackMessage::text)
        .containsExactly("backend: *Crossfade: backend rolled back*\nrejected &lt;by&gt; Ann");
    assertThat(log).isEmpty();
  }

  @Test
  void theButtonsGoAlsoWhereTheChannelCouldNotBeTold() {
    FakeMessenger mute =
        new FakeMessenger() {
          @Override
          public PostedMessage post(SlackMessage message) {
            throw new TransientFailure("ratelimited");
          }
        };
    tell(mute);
    assertThat(mute.replaced).hasSize(1);
    assertThat(log).containsExactly("Slack was not told: ratelimited");
  }

  @Test
  void theMailIsSentAlsoWhereSlackIsAway() {
    FakeMessenger away = new FakeMessenger();
    away.broken = true;
    tell(away);
    assertThat(mails).containsExactly(NOTICE);
    assertThat(log).hasSize(2);
  }

  @Test
  void theChannelIsToldAlsoWhereTheMailFails() {
    FakeMessenger messenger = new FakeMessenger();
    NotificationChannel broken =
        notice -> {
          throw new TransientFailure("SNS is away");
        };
    Notifications announcer = new Notifications(broken, messenger, approvals, log::add);
    assertThatThrownBy(() -> announcer.tell(NOTICE, ROLLED_BACK)).hasMessage("SNS is away");
    assertThat(messenger.posted).hasSize(1);
  }

  private void tell(FakeMessenger messenger) {
    new Notifications(mails::add, messenger, approvals, log::add).tell(NOTICE, ROLLED_BACK);
  }
}
