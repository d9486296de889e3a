package io.crossfade.rollback;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.aws.Handler;
import io.crossfade.lock.LockGuard;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.rollback.RestorePolicy.Action;
import jakarta.inject.Named;

/** Reads everything again and compares it with the snapshot, also for one that has failed. */
@Named("check-restore")
@Handler
public class CheckRestoreHandler implements RequestHandler<Invocation, Deployment> {
  private final LockGuard guard;
  private final CurrentStateReader current;

  public CheckRestoreHandler(LockGuard guard, CurrentStateReader current) {
    this.guard = guard;
    this.current = current;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    return in.document()
        .with(
            guard
                .lost(in)
                .map(lost -> RestoreReasons.lockLost(in.document(), lost))
                .map(reason -> Decision.of(Action.INCOMPLETE, reason))
                .orElseGet(() -> compare(in)));
  }

  private Decision<Action> compare(Invocation in) {
    Deployment deployment = in.document();
    var differences = SnapshotComparison.differences(deployment.snapshot(), current.of(deployment));
    return in.restoreFailed()
        ? Decision.of(Action.INCOMPLETE, RestoreReasons.failed(deployment, differences))
        : RestorePolicy.decide(deployment, differences, in.now());
  }
}
