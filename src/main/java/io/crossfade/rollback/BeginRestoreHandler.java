package io.crossfade.rollback;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.aws.Handler;
import io.crossfade.aws.ReadBack;
import io.crossfade.execution.ExecutionStatus;
import io.crossfade.execution.Executions;
import io.crossfade.lock.Lock;
import io.crossfade.lock.LockService;
import io.crossfade.lock.LockStore;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.TransientFailure;
import io.crossfade.release.Versioned;
import io.crossfade.rollback.RestoreRequestPolicy.Action;
import jakarta.inject.Named;
import java.util.Optional;

/** Continues a deployment that ended half way: back, or forward once scale-in had begun. */
@Named("begin-restore")
@Handler
public class BeginRestoreHandler implements RequestHandler<RestoreInvocation, Deployment> {
  private final SnapshotStore snapshots;
  private final LockStore locks;
  private final LockService lockService;
  private final Executions executions;

  public BeginRestoreHandler(
      SnapshotStore snapshots, LockStore locks, LockService lockService, Executions executions) {
    this.snapshots = snapshots;
    this.locks = locks;
    this.lockService = lockService;
    this.executions = executions;
  }

  @Override
  public Deployment handleRequest(RestoreInvocation in, Context context) {
    Optional<Deployment> stored = in.wellFormed() ? snapshots.find(in.id()) : Optional.empty();
    return stored
        .map(deployment -> begin(deployment, in))
        .orElseGet(() -> refused(in, RestoreRequestPolicy.unknown(in.id())));
  }

  private Deployment begin(Deployment stored, RestoreInvocation in) {
    ExecutionStatus original = awaitEnd(stored.execution());
    Optional<Versioned<Lock>> found = locks.find(stored.release().ruleArn());
    Lock lock = found.map(Versioned::document).orElse(null);
    ExecutionStatus holder =
        lock == null ? ExecutionStatus.UNKNOWN : executions.status(lock.execution());
    Optional<String> refusal =
        RestoreRequestPolicy.refusal(stored, original, lock, holder, in.execution());
    if (refusal.isPresent()) {
      return refused(in, refusal.get());
    }
    takeLock(found, stored, in);
    return continueStored(stored, in);
  }

  /** What Step Functions says lags behind: an execution that was just stopped may seem to run. */
  private ExecutionStatus awaitEnd(String execution) {
    try {
      ReadBack.until(
          () -> executions.status(execution) != ExecutionStatus.RUNNING, "the end of " + execution);
    } catch (TransientFailure stillRunning) {
      return ExecutionStatus.RUNNING;
    }
    return executions.status(execution);
  }

  private void takeLock(Optional<Versioned<Lock>> found, Deployment stored, RestoreInvocation in) {
    String rule = stored.release().ruleArn();
    Lock wanted = Lock.taken(rule, stored.id(), in.execution(), in.now());
    boolean taken =
        found
            .map(
                held ->
                    held.document().heldBy(stored, in.execution())
                        || lockService.takeOver(held, wanted))
            .orElseGet(() -> locks.create(wanted));
    if (!taken) {
      throw new TransientFailure("somebody else wrote the lock of %s".formatted(rule));
    }
  }

  private Deployment continueStored(Deployment stored, RestoreInvocation in) {
    Optional<Deployment> finishing = snapshots.findFinishing(stored.id());
    Decision<Action> decision = RestoreRequestPolicy.decide(finishing.isPresent(), in.reason());
    return finishing.orElse(stored).continuedBy(in.execution()).recordDecision(decision, in.now());
  }

  private static Deployment refused(RestoreInvocation in, String reason) {
    return Deployment.refused(in.name(), in.execution(), reason);
  }
}
