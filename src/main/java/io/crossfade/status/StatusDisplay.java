package io.crossfade.status;

import io.crossfade.release.Deployment;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.TransientFailure;
import io.crossfade.release.Versioned;
import io.crossfade.slack.Messenger;
import io.crossfade.slack.PostedMessage;
import io.crossfade.slack.ReleaseMessage;
import io.crossfade.slack.ReleaseMessageStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Shows the last status of a deployment. Whatever event it is called for, it reads what is stored
 * now. Only one edits the message at a time; who comes meanwhile leaves word, at which the editor
 * looks again.
 */
@ApplicationScoped
public class StatusDisplay {
  /** Longer than two calls of Slack can take, shorter than Lambda's pause before another try. */
  private static final Duration EDIT = Duration.ofSeconds(45);

  private static final Logger LOG = Logger.getLogger(StatusDisplay.class);
  private static final int TRIES = 12;

  private final StatusStore statuses;
  private final ReleaseMessageStore messages;
  private final Messenger messenger;
  private final Clock clock;

  public StatusDisplay(
      StatusStore statuses, ReleaseMessageStore messages, Messenger messenger, Clock clock) {
    this.statuses = statuses;
    this.messages = messages;
    this.messenger = messenger;
    this.clock = clock;
  }

  /**
   * @throws TransientFailure if Slack is down or asks to wait; Lambda tries again after a minute
   */
  void show(String deploymentId) {
    String me = UUID.randomUUID().toString();
    ReleaseStatus edited = null;
    Instant told = null;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      // In this order: who left word has stored the status before.
      Optional<Versioned<ReleaseMessage>> found = messages.find(deploymentId);
      Optional<ReleaseStatus> status = statuses.find(deploymentId);
      if (status.isEmpty()) {
        return;
      }
      if (found.isEmpty() || neverPosted(found.get().document(), me)) {
        announce(found, status.get(), me);
        return;
      }
      ReleaseMessage message = found.get().document();
      if (StatusEdit.decide(message, status.get()) != StatusEdit.EDIT) {
        return;
      }
      if (message.heldByAnother(me, clock.instant())) {
        if (leftWord(found.get(), status.get())) {
          requireNoOutcome(status.get());
          return;
        }
        continue;
      }
      Optional<Versioned<ReleaseMessage>> mine = hold(found.get(), me, deploymentId);
      if (mine.isEmpty()) {
        continue;
      }
      if (edited == null || !edited.at().equals(status.get().at())) {
        told = edit(mine.get(), status.get(), told);
        edited = status.get();
      }
      if (finished(mine.get(), edited, told)) {
        return;
      }
    }
    throw new TransientFailure(
        "others edit the message of %s all the time".formatted(deploymentId));
  }

  private boolean leftWord(Versioned<ReleaseMessage> found, ReleaseStatus status) {
    ReleaseMessage message = found.document();
    return message.isAskedFor(status.at())
        || messages
            .replace(status.deployment().id(), found, message.asked(status.at()))
            .isPresent();
  }

  private Optional<Versioned<ReleaseMessage>> hold(
      Versioned<ReleaseMessage> found, String me, String deploymentId) {
    return messages.replace(
        deploymentId, found, found.document().editedBy(me, clock.instant().plus(EDIT)));
  }

  /** No other event comes after the outcome, should the editor die. */
  private static void requireNoOutcome(ReleaseStatus status) {
    if (status.outcome() != null) {
      throw new TransientFailure("somebody else edits the message now");
    }
  }

  /**
   * @param told up to when the thread was told by this call; null if it was not yet
   * @return up to when it is told now
   */
  private Instant edit(Versioned<ReleaseMessage> mine, ReleaseStatus status, Instant told) {
    ReleaseMessage message = told == null ? mine.document() : mine.document().told(told);
    try {
      messenger.change(message.posted(), StatusMessages.edited(status));
      return tellThread(message, status);
    } catch (RuntimeException refused) {
      messages.replace(status.deployment().id(), mine, message.free());
      throw refused;
    }
  }

  private boolean finished(Versioned<ReleaseMessage> mine, ReleaseStatus status, Instant told) {
    Deployment deployment = status.deployment();
    String ended = status.outcome() == null ? null : deployment.execution();
    ReleaseMessage next = mine.document().shown(status.at(), ended).told(told);
    return messages.replace(deployment.id(), mine, next).isPresent();
  }

  /** Whether somebody claimed the first post, and has surely given up. */
  private boolean neverPosted(ReleaseMessage message, String me) {
    return !message.posted().changeable()
        && message.editor() != null
        && !message.heldByAnother(me, clock.instant());
  }

  /** Who skips the approval is not made to wait for Slack, so that nobody has posted yet. */
  private void announce(
      Optional<Versioned<ReleaseMessage>> found, ReleaseStatus status, String me) {
    Deployment deployment = status.deployment();
    boolean silent = deployment.release() != null && deployment.release().approval().skip();
    if (silent && status.outcome() == null && claimed(found, status, me)) {
      PostedMessage posted = messenger.post(StatusMessages.of(status));
      messages
          .find(deployment.id())
          .ifPresent(
              claim ->
                  messages.replace(
                      deployment.id(), claim, ReleaseMessage.begun(posted, status.at())));
    }
  }

  /** First, so that of two only one posts. */
  private boolean claimed(
      Optional<Versioned<ReleaseMessage>> found, ReleaseStatus status, String me) {
    String id = status.deployment().id();
    ReleaseMessage claim =
        ReleaseMessage.begun(PostedMessage.UNKNOWN, status.at())
            .editedBy(me, clock.instant().plus(EDIT));
    return found.isEmpty()
        ? messages.create(id, claim)
        : messages.replace(id, found.get(), claim).isPresent();
  }

  /**
   * What is told is remembered afterwards: after a crash in between, a line stands there twice and
   * is not lost. What Slack refuses for good is told with what comes next.
   */
  private Instant tellThread(ReleaseMessage message, ReleaseStatus status) {
    try {
      StatusMessages.details(status, message.toldUntil())
          .ifPresent(details -> messenger.reply(message.posted(), details, false));
      return status.at();
    } catch (PermanentFailure refused) {
      LOG.warn("the thread was not told: " + refused.getMessage());
      return message.toldUntil();
    }
  }
}
