package io.crossfade.status;

import io.crossfade.release.Deployment;
import io.crossfade.release.TransientFailure;
import io.crossfade.release.Versioned;
import io.crossfade.slack.Messenger;
import io.crossfade.slack.PostedMessage;
import io.crossfade.slack.ReleaseMessage;
import io.crossfade.slack.ReleaseMessageStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Shows the last status of a deployment. Whatever event it is called for, it reads what is stored
 * now; and if somebody else has edited the message meanwhile, it looks again. So the last one who
 * edits it shows the newest.
 */
@ApplicationScoped
public class StatusDisplay {
  private static final Logger LOG = Logger.getLogger(StatusDisplay.class);
  private static final int TRIES = 4;

  private final StatusStore statuses;
  private final ReleaseMessageStore messages;
  private final Messenger messenger;

  public StatusDisplay(StatusStore statuses, ReleaseMessageStore messages, Messenger messenger) {
    this.statuses = statuses;
    this.messages = messages;
    this.messenger = messenger;
  }

  /**
   * @throws TransientFailure if Slack is down or asks to wait; Lambda tries again after a minute
   */
  void show(String deploymentId) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Optional<ReleaseStatus> status = statuses.find(deploymentId);
      if (status.isEmpty() || shown(status.get(), attempt > 0)) {
        return;
      }
    }
    throw new TransientFailure(
        "others edit the message of %s all the time".formatted(deploymentId));
  }

  private boolean shown(ReleaseStatus status, boolean again) {
    Optional<Versioned<ReleaseMessage>> found = messages.find(status.deployment().id());
    if (found.isEmpty()) {
      announce(status);
      return true;
    }
    return StatusEdit.decide(found.get().document(), status, again) != StatusEdit.EDIT
        || edited(found.get(), status);
  }

  /** Who skips the approval is not made to wait for Slack, so that nobody has posted yet. */
  private void announce(ReleaseStatus status) {
    Deployment deployment = status.deployment();
    boolean silent = deployment.release() != null && deployment.release().approval().skip();
    // First, so that of two only one posts; if it then cannot, there is no message.
    ReleaseMessage claim = ReleaseMessage.begun(PostedMessage.UNKNOWN, status.at());
    if (silent && status.outcome() == null && messages.create(deployment.id(), claim)) {
      PostedMessage posted = messenger.post(StatusMessages.of(status));
      messages
          .find(deployment.id())
          .ifPresent(
              found ->
                  messages.replace(
                      deployment.id(), found, ReleaseMessage.begun(posted, status.at())));
    }
  }

  /** The thread is told by whoever was not disturbed, so that nothing stands in it twice. */
  private boolean edited(Versioned<ReleaseMessage> found, ReleaseStatus status) {
    ReleaseMessage message = found.document();
    Deployment deployment = status.deployment();
    messenger.change(message.posted(), StatusMessages.of(status));
    ReleaseMessage next =
        new ReleaseMessage(
            message.posted(),
            status.at(),
            status.at(),
            status.outcome() == null ? null : deployment.execution());
    boolean undisturbed = messages.replace(deployment.id(), found, next);
    if (undisturbed) {
      tellDetails(message, status);
    }
    return undisturbed;
  }

  private void tellDetails(ReleaseMessage message, ReleaseStatus status) {
    try {
      StatusMessages.details(status, message.toldUntil())
          .ifPresent(details -> messenger.reply(message.posted(), details, false));
    } catch (RuntimeException untold) {
      LOG.warn("the thread was not told: " + untold.getMessage());
    }
  }
}
