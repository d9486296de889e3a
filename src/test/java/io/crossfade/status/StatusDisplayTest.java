package io.crossfade.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.approval.FakeMessenger;
import io.crossfade.notify.Outcome;
import io.crossfade.release.ApprovalSettings;
import io.crossfade.release.Deployment;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.Release;
import io.crossfade.release.Sample;
import io.crossfade.release.TransientFailure;
import io.crossfade.slack.FakeReleaseMessageStore;
import io.crossfade.slack.PostedMessage;
import io.crossfade.slack.ReleaseMessage;
import io.crossfade.slack.SlackMessage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusDisplayTest {
  private static final Instant NOW = Sample.START.plusSeconds(900);
  private static final PostedMessage POSTED = new PostedMessage("C1", "1.1");

  private final FakeReleaseMessageStore messages = new FakeReleaseMessageStore();
  private FakeMessenger messenger = new FakeMessenger();
  private ReleaseStatus last;
  private Instant now = NOW;

  private static Instant at(int seconds) {
    return Sample.START.plusSeconds(seconds);
  }

  private static ReleaseStatus status(int step, int seconds) {
    Deployment deployment = Sample.at(step).recordEvent("step " + step, at(seconds));
    return new ReleaseStatus(deployment, null, at(seconds));
  }

  private void begin() {
    messages.create("run-1", ReleaseMessage.begun(POSTED, at(0)));
  }

  private void show(ReleaseStatus status) {
    last = status;
    display().show("run-1");
  }

  private StatusDisplay display() {
    StatusStore statuses =
        new StatusStore() {
          @Override
          public void put(ReleaseStatus status) {
            last = status;
          }

          @Override
          public Optional<ReleaseStatus> find(String deploymentId) {
            return Optional.ofNullable(last);
          }
        };
    return new StatusDisplay(statuses, messages, messenger, Clock.fixed(now, ZoneOffset.UTC));
  }

  private List<String> edits() {
    return messenger.replaced.stream()
        .map(message -> message.text().lines().findFirst().get())
        .toList();
  }

  @Test
  void anEventThatComesTwiceEditsOnce() {
    begin();
    show(status(0, 10));
    show(status(0, 10));
    assertThat(edits()).containsExactly("backend: is watched at 25 %");
    assertThat(messenger.replies).hasSize(1);
  }

  @Test
  void anOlderStatusIsNotShown() {
    begin();
    show(status(1, 20));
    show(status(0, 10));
    assertThat(edits()).containsExactly("backend: is watched at 50 %");
  }

  @Test
  void afterTheOutcomeTheMessageStays() {
    begin();
    show(new ReleaseStatus(Sample.at(3), Outcome.RELEASED, at(30)));
    show(status(3, 40));
    assertThat(edits()).containsExactly("backend: released");
  }

  @Test
  void whatSlackRefusedIsShownByTheNextTry() {
    begin();
    messenger.broken = true;
    assertThatThrownBy(() -> show(status(0, 10))).isInstanceOf(TransientFailure.class);
    messenger.broken = false;
    show(status(0, 10));
    assertThat(edits()).containsExactly("backend: is watched at 25 %");
  }

  /** A newer status is stored while this one edits, and its event comes meanwhile. */
  @Test
  void whoIsOvertakenShowsTheNewestAfterwards() {
    begin();
    messenger =
        new FakeMessenger() {
          @Override
          public void change(PostedMessage where, SlackMessage message) {
            if (replaced.isEmpty()) {
              replaced.add(message);
              show(status(1, 20));
              show(status(1, 20));
            } else {
              super.change(where, message);
            }
          }
        };
    show(status(0, 10));
    assertThat(edits())
        .containsExactly("backend: is watched at 25 %", "backend: is watched at 50 %");
    ReleaseMessage message = messages.find("run-1").orElseThrow().document();
    assertThat(message.shownAt()).isEqualTo(at(20));
    assertThat(message.editor()).isNull();
  }

  @Test
  void whoAsksForTheSameIsNoReasonToEditAgain() {
    begin();
    messenger =
        new FakeMessenger() {
          @Override
          public void change(PostedMessage where, SlackMessage message) {
            super.change(where, message);
            show(status(0, 10));
          }
        };
    show(status(0, 10));
    assertThat(edits()).containsExactly("backend: is watched at 25 %");
    assertThat(messages.find("run-1").orElseThrow().document().editor()).isNull();
  }

  @Test
  void whoDiesWhileEditingDoesNotKeepTheMessage() {
    begin();
    var found = messages.find("run-1").orElseThrow();
    messages.replace("run-1", found, found.document().editedBy("gone", NOW));
    show(status(0, 10));
    assertThat(edits()).containsExactly("backend: is watched at 25 %");
  }

  @Test
  void theThreadTellsEachEventOnce() {
    begin();
    ReleaseStatus first = status(0, 10);
    show(first);
    Deployment later = first.deployment().recordEvent("more", at(20));
    show(new ReleaseStatus(later, null, at(20)));
    assertThat(messenger.replies)
        .extracting(message -> message.text().replaceAll("<.*?> ", ""))
        .containsExactly("step 0", "more");
  }

  @Test
  void whatTheThreadCouldNotBeToldIsToldByTheNextTry() {
    begin();
    messenger =
        new FakeMessenger() {
          private boolean refused;

          @Override
          public PostedMessage reply(PostedMessage where, SlackMessage message, boolean inChannel) {
            if (!refused) {
              refused = true;
              throw new TransientFailure("ratelimited");
            }
            return super.reply(where, message, inChannel);
          }
        };
    assertThatThrownBy(() -> show(status(0, 10))).isInstanceOf(TransientFailure.class);
    show(status(0, 10));
    assertThat(messenger.replies).hasSize(1);
    assertThat(messages.find("run-1").orElseThrow().document().toldUntil()).isEqualTo(at(10));
  }

  @Test
  void whatTheThreadRefusedStandsInTheNextReply() {
    begin();
    messenger =
        new FakeMessenger() {
          private boolean refused;

          @Override
          public PostedMessage reply(PostedMessage where, SlackMessage message, boolean inChannel) {
            if (!refused) {
              refused = true;
              throw new PermanentFailure("msg_too_long");
            }
            return super.reply(where, message, inChannel);
          }
        };
    ReleaseStatus first = status(0, 10);
    show(first);
    show(new ReleaseStatus(first.deployment().recordEvent("more", at(20)), null, at(20)));
    assertThat(messenger.replies)
        .singleElement()
        .satisfies(reply -> assertThat(reply.text()).contains("step 0").endsWith("more"));
  }

  /** The editor may die, so whoever has the outcome comes again. */
  @Test
  void anOutcomeThatFindsTheMessageHeldIsTriedAgain() {
    begin();
    var found = messages.find("run-1").orElseThrow();
    messages.replace("run-1", found, found.document().editedBy("other", NOW.plusSeconds(30)));
    show(status(0, 10));
    assertThatThrownBy(() -> show(new ReleaseStatus(Sample.at(3), Outcome.RELEASED, at(30))))
        .isInstanceOf(TransientFailure.class);
    assertThat(messages.find("run-1").orElseThrow().document().isAskedFor(at(30))).isTrue();
  }

  @Test
  void aReleaseThatNobodyAnnouncedGetsItsMessageNow() {
    Release asked = Sample.release();
    last =
        new ReleaseStatus(
            Sample.at(-1, StatusMessagesTest.with(asked, ApprovalSettings.SKIP)), null, at(0));
    display().show("run-1");
    display().show("run-1");
    assertThat(messenger.posted).hasSize(1);
    assertThat(messages.find("run-1").orElseThrow().document().posted().changeable()).isTrue();
  }

  private static boolean hasButtons(SlackMessage message) {
    return message.blocks().stream().anyMatch(block -> block.get("type").equals("actions"));
  }

  /** Whoever posts does not know yet whether the message can be edited. */
  @Test
  void aMessageGetsItsButtonsWhenItIsEdited() {
    Release skipped = StatusMessagesTest.with(Sample.release(), ApprovalSettings.SKIP);
    show(new ReleaseStatus(Sample.at(-1, skipped), null, at(0)));
    assertThat(messenger.posted).singleElement().matches(message -> !hasButtons(message));
    show(new ReleaseStatus(Sample.at(0, skipped), null, at(10)));
    assertThat(messenger.replaced).singleElement().matches(StatusDisplayTest::hasButtons);
  }

  @Test
  void aFirstPostThatFailedIsMadeByWhoComesLater() {
    last =
        new ReleaseStatus(
            Sample.at(-1, StatusMessagesTest.with(Sample.release(), ApprovalSettings.SKIP)),
            null,
            at(0));
    messenger.broken = true;
    assertThatThrownBy(() -> display().show("run-1")).isInstanceOf(TransientFailure.class);
    messenger.broken = false;
    display().show("run-1");
    assertThat(messenger.posted).isEmpty();
    now = NOW.plusSeconds(60);
    display().show("run-1");
    display().show("run-1");
    assertThat(messenger.posted).hasSize(1);
    assertThat(messages.find("run-1").orElseThrow().document().posted().changeable()).isTrue();
  }

  @Test
  void aWebhookIsLeftAlone() {
    messages.create("run-1", ReleaseMessage.begun(PostedMessage.UNKNOWN, at(0)));
    show(status(0, 10));
    assertThat(messenger.replaced).isEmpty();
    assertThat(messenger.replies).isEmpty();
  }
}
