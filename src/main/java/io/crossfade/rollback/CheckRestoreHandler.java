package io.crossfade.rollback;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.lock.LockGuard;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.Verdict;
import jakarta.inject.Named;

/** Reads everything again and compares it with the snapshot, also for one that has failed. */
@Named("check-restore")
public class CheckRestoreHandler implements RequestHandler<Invocation, Deployment> {
  private final LockGuard guard;
  private final CurrentStateReader survey;

  public CheckRestoreHandler(LockGuard guard, CurrentStateReader survey) {
    this.guard = guard;
    this.survey = survey;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    Deployment deployment = in.document();
    return deployment.with(
        guard.lost(in).map(lost -> Restore.lost(deployment, lost)).orElseGet(() -> compared(in)));
  }

  private Verdict compared(Invocation in) {
    Deployment deployment = in.document();
    var differences = Restore.differences(deployment.snapshot(), survey.of(deployment));
    if (deployment.verdict().action() == Verdict.Action.INCOMPLETE) {
      return Restore.explained(deployment, differences);
    }
    return Restore.decide(deployment, differences, in.now());
  }
}
