package io.crossfade.approval;

import io.crossfade.release.PermanentFailure;
import io.crossfade.release.Release;
import io.crossfade.slack.Messenger;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Says that a release begins, where it is to be approved. */
@ApplicationScoped
public class ReleaseAnnouncement {
  private final Messenger messenger;

  public ReleaseAnnouncement(Messenger messenger) {
    this.messenger = messenger;
  }

  /**
   * Posts to the channel, which shows that somebody can be asked there later. Whoever skips the
   * approval does not depend on Slack. To post it twice does no harm.
   *
   * @return why nobody can be asked
   * @throws io.crossfade.release.TransientFailure if Slack is down or asks to wait
   */
  public Optional<String> post(Release release) {
    if (release.approval().skip()) {
      return Optional.empty();
    }
    try {
      messenger.post(ApprovalMessages.begins(release));
      return Optional.empty();
    } catch (PermanentFailure refused) {
      return Optional.of("nobody can be asked for approval: " + refused.getMessage());
    }
  }
}
