package io.crossfade.notify;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.approval.Approvals;
import io.crossfade.lock.Build;
import io.crossfade.lock.Locks;
import io.crossfade.lock.Locksmith;
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

  private final Locksmith locksmith;
  private final Announcer announcer;

  public NotifyHandler(Locks locks, Notifier notifier, Messenger messenger, Approvals approvals) {
    this.locksmith = new Locksmith(locks);
    this.announcer = new Announcer(notifier, messenger, approvals, LOG::warn);
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    Deployment deployment = readable(in.document());
    Outcome outcome = Outcome.of(in.outcome());
    try {
      unlock(outcome, deployment, in.execution());
    } finally {
      announcer.tell(Messages.of(outcome, deployment), deployment);
    }
    return deployment;
  }

  /** First of all: whoever reads that it is over may start the next one at once. */
  private void unlock(Outcome outcome, Deployment deployment, String execution) {
    try {
      switch (outcome) {
        case RELEASED, RELEASED_WITH_WARNING ->
            locksmith.giveBack(deployment, execution, Build.of(deployment));
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
