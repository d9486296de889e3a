package io.crossfade.guardian;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.aws.Handler;
import io.crossfade.aws.ReadBack;
import io.crossfade.execution.Execution;
import io.crossfade.execution.ExecutionStatus;
import io.crossfade.execution.Executions;
import io.crossfade.guardian.GuardianAction.CallPerson;
import io.crossfade.guardian.GuardianAction.StartRestore;
import io.crossfade.lock.Lock;
import io.crossfade.lock.LockStore;
import io.crossfade.notify.NotificationMessages;
import io.crossfade.notify.Notifications;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Versioned;
import io.crossfade.rollback.RestorePolicy;
import io.crossfade.rollback.SnapshotStore;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/** Called by EventBridge when an execution has ended and not succeeded. */
@Named("guardian")
@Handler
public class GuardianHandler implements RequestHandler<ExecutionEndedEvent, Void> {
  private static final Logger LOG = Logger.getLogger(GuardianHandler.class);

  private final Executions executions;
  private final SnapshotStore snapshots;
  private final LockStore locks;
  private final Notifications notifications;

  public GuardianHandler(
      Executions executions,
      SnapshotStore snapshots,
      LockStore locks,
      Notifications notifications) {
    this.executions = executions;
    this.snapshots = snapshots;
    this.locks = locks;
    this.notifications = notifications;
  }

  @Override
  public Void handleRequest(ExecutionEndedEvent event, Context context) {
    Execution ended = awaitEnd(event.detail().executionArn());
    Optional<Deployment> stored = snapshots.find(ended.deployment());
    Lock lock = stored.flatMap(this::lock).orElse(null);
    GuardianAction action =
        GuardianPolicy.decide(ended, stored.isPresent(), lock, holderStatus(lock));
    LOG.infof("%s: %s", action.getClass().getSimpleName(), action.reason());
    if (action instanceof StartRestore restore) {
      startRestore(ended, restore, stored.orElseThrow());
    } else if (action instanceof CallPerson call) {
      callPerson(stored.orElseThrow(), call.reason());
    }
    return null;
  }

  /** What Step Functions says lags behind its own events. */
  private Execution awaitEnd(String executionArn) {
    AtomicReference<Execution> seen = new AtomicReference<>();
    ReadBack.until(
        () -> {
          seen.set(executions.find(executionArn));
          return seen.get().status() != ExecutionStatus.RUNNING;
        },
        "the end of " + executionArn);
    return seen.get();
  }

  private Optional<Lock> lock(Deployment stored) {
    return locks.find(stored.release().ruleArn()).map(Versioned::document);
  }

  private ExecutionStatus holderStatus(Lock lock) {
    return lock == null ? ExecutionStatus.UNKNOWN : executions.status(lock.execution());
  }

  /** The attempts after a restore by hand may have been used up before. */
  private void startRestore(Execution ended, StartRestore restore, Deployment stored) {
    boolean started = executions.start(ended.machine(), restore.attempt());
    if (!started && ended.byHand()) {
      callPerson(
          stored,
          restore.reason() + "; its attempts were used up before, and no further one is made");
    }
  }

  private void callPerson(Deployment stored, String reason) {
    Deployment left = stored.with(Decision.of(RestorePolicy.Action.INCOMPLETE, reason));
    notifications.send(NotificationMessages.givenUp(left));
  }
}
