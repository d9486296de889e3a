package io.crossfade.rollback;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.aws.ReadBack;
import io.crossfade.lock.Executions;
import io.crossfade.lock.Executions.Status;
import io.crossfade.lock.Lock;
import io.crossfade.lock.LockService;
import io.crossfade.lock.LockStore;
import io.crossfade.lock.LockStore.Held;
import io.crossfade.release.Deployment;
import io.crossfade.release.TransientFailure;
import io.crossfade.release.Verdict;
import io.crossfade.release.Verdict.Action;
import jakarta.inject.Named;
import java.util.Optional;

/** Takes up a deployment that ended half way: back, or forward once scale-in had begun. */
@Named("begin-restore")
public class BeginRestoreHandler implements RequestHandler<RestoreInvocation, Deployment> {
  private final SnapshotStore snapshots;
  private final LockStore locks;
  private final Executions executions;

  public BeginRestoreHandler(SnapshotStore snapshots, LockStore locks, Executions executions) {
    this.snapshots = snapshots;
    this.locks = locks;
    this.executions = executions;
  }

  @Override
  public Deployment handleRequest(RestoreInvocation in, Context context) {
    Optional<Deployment> stored = in.wellFormed() ? snapshots.find(in.id()) : Optional.empty();
    return stored
        .map(deployment -> begun(deployment, in))
        .orElseGet(() -> refused(in, RestoreRequestPolicy.unknown(in.id())));
  }

  private Deployment begun(Deployment stored, RestoreInvocation in) {
    Status original = ended(stored.execution());
    Optional<Held> found = locks.find(stored.release().ruleArn());
    Lock lock = found.map(Held::lock).orElse(null);
    Status holder = lock == null ? Status.UNKNOWN : executions.of(lock.execution());
    Optional<String> refusal =
        RestoreRequestPolicy.refusal(stored, original, lock, holder, in.execution());
    if (refusal.isPresent()) {
      return refused(in, refusal.get());
    }
    take(found, stored, in);
    return onItsWay(stored, in);
  }

  /** What Step Functions says lags behind: an execution that was just stopped may seem to run. */
  private Status ended(String execution) {
    try {
      ReadBack.until(() -> executions.of(execution) != Status.RUNNING, "the end of " + execution);
    } catch (TransientFailure stillRunning) {
      return Status.RUNNING;
    }
    return executions.of(execution);
  }

  private void take(Optional<Held> found, Deployment stored, RestoreInvocation in) {
    String rule = stored.release().ruleArn();
    Lock wanted = Lock.taken(rule, stored.id(), in.execution(), in.now());
    boolean taken =
        found
            .map(
                held ->
                    held.lock().heldBy(stored, in.execution())
                        || new LockService(locks).replaced(held, wanted))
            .orElseGet(() -> locks.create(wanted));
    if (!taken) {
      throw new TransientFailure("somebody else wrote the lock of %s".formatted(rule));
    }
  }

  private Deployment onItsWay(Deployment stored, RestoreInvocation in) {
    Optional<Deployment> finishing = snapshots.findFinishing(stored.id());
    Verdict verdict =
        finishing.isPresent()
            ? Verdict.of(
                Action.PROCEED, in.reason() + "; scale-in had begun, so the way out is forward")
            : Verdict.of(Action.ROLL_BACK, in.reason());
    return finishing.orElse(stored).in(in.execution()).decided(verdict, in.now());
  }

  private static Deployment refused(RestoreInvocation in, String reason) {
    return Deployment.refused(in.name(), in.execution(), reason);
  }
}
