package io.crossfade.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.approval.CallbackBench;
import io.crossfade.approval.FakeApprovalStore;
import io.crossfade.approval.FakeMessenger;
import io.crossfade.approval.PostedApproval;
import io.crossfade.release.Approval;
import io.crossfade.release.Deployment;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.Sample;
import io.crossfade.release.TransientFailure;
import io.crossfade.release.Verdict;
import io.crossfade.slack.FakeReleaseMessageStore;
import io.crossfade.slack.PostedMessage;
import io.crossfade.slack.ReleaseMessage;
import io.crossfade.slack.SlackMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotificationsTest {
  private static final Deployment ROLLED_BACK =
      Sample.at(3).with(new Verdict("RESTORED", "rejected <by> Ann", 0, false));
  private static final Notification NOTICE =
      new Notification("Crossfade: backend rolled back", "body", ROLLED_BACK, "https://report");

  private final FakeReleaseMessageStore messages = new FakeReleaseMessageStore();
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
        .containsExactly(
            "*Crossfade: backend rolled back*\n<https://report|Report>\nrejected &lt;by&gt; Ann");
    assertThat(messenger.replaced)
        .extracting(SlackMessage::text)
        .containsExactly(
            "backend: *Crossfade: backend rolled back*\n"
                + "<https://report|Report>\n"
                + "rejected &lt;by&gt; Ann");
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
    Notifications notifications =
        new Notifications(
            List.of(
                mail(
                    notification -> {
                      throw new TransientFailure("SNS is away");
                    }),
                slack(messenger)),
            log::add);
    assertThatThrownBy(() -> notifications.send(NOTICE)).hasMessage("SNS is away");
    assertThat(messenger.posted).hasSize(1);
  }

  @Test
  void aChannelThatIsNotRequiredMayFail() {
    NotificationChannel optional =
        new NotificationChannel() {
          @Override
          public void send(Notification notification) {
            throw new TransientFailure("the pager is away");
          }

          @Override
          public boolean required() {
            return false;
          }
        };
    new Notifications(List.of(optional, mail(mails::add)), log::add).send(NOTICE);
    assertThat(mails).containsExactly(NOTICE);
    assertThat(log).containsExactly("the pager is away");
  }

  @Test
  void whoApprovedIsSaidWhereTheQuestionWas() {
    FakeMessenger messenger = new FakeMessenger();
    Deployment approved = ROLLED_BACK.with(new Approval("U1", "ann", Sample.START));
    slack(messenger).send(new Notification("Crossfade: backend released", "body", approved, null));
    assertThat(messenger.replaced)
        .singleElement()
        .extracting(SlackMessage::text)
        .asString()
        .endsWith("\napproved by ann (U1)");
  }

  @Test
  void theOutcomeStandsInTheThreadOfTheRelease() {
    FakeMessenger messenger = new FakeMessenger();
    messages.create(
        ROLLED_BACK.id(), ReleaseMessage.begun(new PostedMessage("C1", "1.1"), Sample.START));
    tell(messenger);
    assertThat(messenger.posted).isEmpty();
    assertThat(messenger.replies).hasSize(1);
  }

  @Test
  void theChannelIsToldWhereTheMessageIsGone() {
    FakeMessenger messenger =
        new FakeMessenger() {
          @Override
          public PostedMessage reply(PostedMessage where, SlackMessage message, boolean inChannel) {
            throw new PermanentFailure("thread_not_found");
          }
        };
    messages.create(
        ROLLED_BACK.id(), ReleaseMessage.begun(new PostedMessage("C1", "1.1"), Sample.START));
    tell(messenger);
    assertThat(messenger.posted).hasSize(1);
  }

  private void tell(FakeMessenger messenger) {
    new Notifications(List.of(mail(mails::add), slack(messenger)), log::add).send(NOTICE);
  }

  private NotificationChannel slack(FakeMessenger messenger) {
    return new SlackNotificationChannel(messenger, messages, approvals, log::add);
  }

  private static NotificationChannel mail(Consumer<Notification> box) {
    return new NotificationChannel() {
      @Override
      public void send(Notification notification) {
        box.accept(notification);
      }

      @Override
      public boolean required() {
        return true;
      }
    };
  }
}
