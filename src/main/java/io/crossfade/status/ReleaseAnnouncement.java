package io.crossfade.status;

import io.crossfade.approval.ClickAnswers;
import io.crossfade.release.Deployment;
import io.crossfade.release.PermanentFailure;
import io.crossfade.slack.Messenger;
import io.crossfade.slack.ReleaseMessage;
import io.crossfade.slack.ReleaseMessageStore;
import io.crossfade.slack.SlackConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** Says that a release begins, where it is to be approved. */
@ApplicationScoped
public class ReleaseAnnouncement {
  private static final String PROBLEM = "nobody can be asked for approval: ";

  private final Messenger messenger;
  private final ReleaseMessageStore messages;
  private final SlackConfig config;

  public ReleaseAnnouncement(
      Messenger messenger, ReleaseMessageStore messages, SlackConfig config) {
    this.messenger = messenger;
    this.messages = messages;
    this.config = config;
  }

  /**
   * Posts the message that tells of the release from then on, which shows that somebody can be
   * asked there later, if there is somebody who may approve. Whoever skips the approval does not
   * depend on Slack. To post it twice, after a crash, does no harm.
   *
   * @param planned what was planned
   * @return why nobody can be asked
   * @throws io.crossfade.release.TransientFailure if Slack is down or asks to wait
   */
  public Optional<String> post(Deployment planned, Instant now) {
    if (planned.release().approval().skip() || messages.find(planned.id()).isPresent()) {
      return Optional.empty();
    }
    try {
      Optional<String> problem = ClickAnswers.approvers(config).problem(planned.release().author());
      if (problem.isEmpty()) {
        var posted = messenger.post(StatusMessages.of(new ReleaseStatus(planned, null, now)));
        messages.create(planned.id(), ReleaseMessage.begun(posted, now));
      }
      return problem.map(PROBLEM::concat);
    } catch (PermanentFailure refused) {
      return Optional.of(PROBLEM + refused.getMessage());
    }
  }
}
