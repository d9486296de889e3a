package io.crossfade.notify;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.approval.Approvals;
import io.crossfade.release.CaughtError;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.Verdict;
import io.crossfade.slack.Messenger;
import jakarta.inject.Named;
import org.jboss.logging.Logger;

/** Announces how an execution ended: by SNS, which must work, and in Slack, which should. */
@Named("notify")
public class NotifyHandler implements RequestHandler<Invocation, Deployment> {
  private static final Logger LOG = Logger.getLogger(NotifyHandler.class);

  private final Notifier notifier;
  private final SlackNotifier slack;

  public NotifyHandler(Notifier notifier, Messenger messenger, Approvals approvals) {
    this.notifier = notifier;
    this.slack = new SlackNotifier(messenger, approvals);
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    Deployment deployment = readable(in.document());
    Notice notice = Messages.of(Outcome.of(in.outcome()), deployment);
    notifier.tell(notice);
    try {
      slack.tell(notice, deployment);
    } catch (RuntimeException untold) {
      LOG.warn("Slack was not told: " + untold.getMessage());
    }
    return deployment;
  }

  /** Where a Catch came before, the state machine has no reason to give; the error has. */
  private static Deployment readable(Deployment deployment) {
    Verdict said = deployment.verdict();
    return said.reason().equals(CaughtError.UNTOLD)
        ? deployment.with(Verdict.of(said.action(), CaughtError.sentence(deployment.error())))
        : deployment;
  }
}
