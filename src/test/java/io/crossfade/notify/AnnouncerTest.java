package io.crossfade.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.approval.Asked;
import io.crossfade.approval.Counter;
import io.crossfade.approval.FakeApprovals;
import io.crossfade.approval.FakeMessenger;
import io.crossfade.release.Deployment;
import io.crossfade.release.Sample;
import io.crossfade.release.TransientFailure;
import io.crossfade.release.Verdict;
import io.crossfade.slack.Message;
import io.crossfade.slack.Posted;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnnouncerTest {
  private static final Notice NOTICE = new Notice("Crossfade: backend rolled back", "body");
  private static final Deployment ROLLED_BACK =
      Sample.at(3).with(Verdict.of(Verdict.Action.RESTORED, "rejected <by> Ann"));

  private final FakeApprovals approvals = new FakeApprovals();
  private final List<Notice> mails = new ArrayList<>();
  private final List<String> log = new ArrayList<>();

  @BeforeEach
  void asked() {
    approvals.posted(
        ROLLED_BACK.id(), new Asked("nonce", new Posted("C1", "1.2"), Counter.evidence()));
  }

  @Test
  void theChannelIsToldAndTheButtonsGo() {
    FakeMessenger messenger = new FakeMessenger();
    tell(messenger);
    assertThat(mails).containsExactly(NOTICE);
    assertThat(messenger.posted)
        .extracting(Message::text)
        .containsExactly("*Crossfade: backend rolled back*\nrejected &lt;by&gt; Ann");
    assertThat(messenger.replaced)
        .extracting(Message::text)
        .containsExactly("backend: *Crossfade: backend rolled back*\nrejected &lt;by&gt; Ann");
    assertThat(log).isEmpty();
  }

  @Test
  void theButtonsGoAlsoWhereTheChannelCouldNotBeTold() {
    FakeMessenger mute =
        new FakeMessenger() {
          @Override
          public Posted post(Message message) {
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
    Notifier broken =
        notice -> {
          throw new TransientFailure("SNS is away");
        };
    Announcer announcer = new Announcer(broken, messenger, approvals, log::add);
    assertThatThrownBy(() -> announcer.tell(NOTICE, ROLLED_BACK)).hasMessage("SNS is away");
    assertThat(messenger.posted).hasSize(1);
  }

  private void tell(FakeMessenger messenger) {
    new Announcer(mails::add, messenger, approvals, log::add).tell(NOTICE, ROLLED_BACK);
  }
}
