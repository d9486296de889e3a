package io.crossfade.notify;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.release.CaughtError;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.Verdict;
import jakarta.inject.Named;

/** Announces how an execution ended. */
@Named("notify")
public class NotifyHandler implements RequestHandler<Invocation, Deployment> {
  private final Notifier notifier;

  public NotifyHandler(Notifier notifier) {
    this.notifier = notifier;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    Deployment deployment = readable(in.document());
    notifier.tell(Messages.of(Outcome.of(in.outcome()), deployment));
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
