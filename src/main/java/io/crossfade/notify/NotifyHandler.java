package io.crossfade.notify;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.approval.ApprovalStore;
import io.crossfade.lock.LockService;
import io.crossfade.lock.LockStore;
import io.crossfade.lock.ReleasedBuild;
import io.crossfade.release.CaughtError;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.Verdict;
import io.crossfade.slack.Messenger;
import jakarta.inject.Named;
import org.jboss.logging.Logger;

/** Gives the lock back, and announces how an execution ended. */
@Named("notify")
public class NotifyHandler implements RequestHandler<Invocation, Deployment> {
  private static final Logger LOG = Logger.getLogger(NotifyHandler.class);

  private final LockService locksmith;
  private final Notifications announcer;

  public NotifyHandler(
      LockStore locks, NotificationChannel notifier, Messenger messenger, ApprovalStore approvals) {
    this.locksmith = new LockService(locks);
    this.announcer = new Notifications(notifier, messenger, approvals, LOG::warn);
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    Deployment deployment = readable(in.document());
    Outcome outcome = Outcome.of(in.outcome());
    try {
      unlock(outcome, deployment, in.execution());
    } finally {
      announcer.tell(NotificationMessages.of(outcome, deployment), deployment);
    }
    return deployment;
  }

  /** First of all: whoever reads that it is over may start the next one at once. */
  private void unlock(Outcome outcome, Deployment deployment, String execution) {
    try {
      switch (outcome) {
        case RELEASED, RELEASED_WITH_WARNING ->
            locksmith.giveBack(deployment, execution, ReleasedBuild.of(deployment));
        case ROLLED_BACK -> locksmith.giveBack(deployment, execution, null);
        case REFUSED, RESTORE_INCOMPLETE -> {}
      }
    } catch (PermanentFailure kept) {
      LOG.warn("the lock was not given back: " + kept.getMessage());
    }
  }

  /** Where a Catch came before, the state machine has no reason to give; the error has. */
  private static Deployment readable(Deployment deployment) {
    Verdict said = deployment.verdict();
    return said.reason().equals(CaughtError.UNTOLD)
        ? deployment.with(Verdict.of(said.action(), CaughtError.sentence(deployment.error())))
        : deployment;
  }
}
