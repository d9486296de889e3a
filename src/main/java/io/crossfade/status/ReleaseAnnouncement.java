package io.crossfade.approval;

import io.crossfade.release.PermanentFailure;
import io.crossfade.release.Release;
import io.crossfade.slack.Messenger;
import io.crossfade.slack.SlackConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Says that a release begins, where it is to be approved. */
@ApplicationScoped
public class ReleaseAnnouncement {
  private static final String PROBLEM = "nobody can be asked for approval: ";

  private final Messenger messenger;
  private final SlackConfig config;

  public ReleaseAnnouncement(Messenger messenger, SlackConfig config) {
    this.messenger = messenger;
    this.config = config;
  }

  /**
   * Posts to the channel, which shows that somebody can be asked there later, if there is somebody
   * who may approve. Whoever skips the approval does not depend on Slack. To post it twice does no
   * harm.
   *
   * @return why nobody can be asked
   * @throws io.crossfade.release.TransientFailure if Slack is down or asks to wait
   */
  public Optional<String> post(Release release) {
    if (release.approval().skip()) {
      return Optional.empty();
    }
    try {
      Optional<String> problem = ClickService.approvers(config).problem(release.author());
      if (problem.isEmpty()) {
        messenger.post(ApprovalMessages.begins(release));
      }
      return problem.map(PROBLEM::concat);
    } catch (PermanentFailure refused) {
      return Optional.of(PROBLEM + refused.getMessage());
    }
  }
}
