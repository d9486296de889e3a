package io.crossfade.guardian;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.approval.ApprovalStore;
import io.crossfade.aws.ReadBack;
import io.crossfade.lock.Executions;
import io.crossfade.lock.Lock;
import io.crossfade.lock.LockStore;
import io.crossfade.lock.LockStore.Held;
import io.crossfade.notify.NotificationChannel;
import io.crossfade.notify.NotificationMessages;
import io.crossfade.notify.Notifications;
import io.crossfade.release.Deployment;
import io.crossfade.release.Verdict;
import io.crossfade.release.Verdict.Action;
import io.crossfade.rollback.SnapshotStore;
import io.crossfade.slack.Messenger;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/** Called by EventBridge when an execution has ended and not succeeded. */
@Named("guardian")
public class GuardianHandler implements RequestHandler<ExecutionEndedEvent, Void> {
  private static final Logger LOG = Logger.getLogger(GuardianHandler.class);

  private final Endings endings;
  private final Executions executions;
  private final SnapshotStore snapshots;
  private final LockStore locks;
  private final Notifications announcer;

  public GuardianHandler(
      Endings endings,
      Executions executions,
      SnapshotStore snapshots,
      LockStore locks,
      NotificationChannel notifier,
      Messenger messenger,
      ApprovalStore approvals) {
    this.endings = endings;
    this.executions = executions;
    this.snapshots = snapshots;
    this.locks = locks;
    this.announcer = new Notifications(notifier, messenger, approvals, LOG::warn);
  }

  @Override
  public Void handleRequest(ExecutionEndedEvent event, Context context) {
    Ending ending = ended(event.detail().executionArn());
    Optional<Deployment> stored = snapshots.find(ending.deployment());
    Lock lock = stored.flatMap(this::lock).orElse(null);
    GuardianAction duty = GuardianPolicy.decide(ending, stored.isPresent(), lock, holder(lock));
    LOG.infof("%s: %s", duty.move(), duty.reason());
    switch (duty.move()) {
      case REST -> {}
      case RESTORE -> restore(ending, duty, stored.orElseThrow());
      case PAGE -> page(stored.orElseThrow(), duty.reason());
    }
    return null;
  }

  /** What Step Functions says lags behind its own events. */
  private Ending ended(String execution) {
    AtomicReference<Ending> seen = new AtomicReference<>();
    ReadBack.until(
        () -> {
          seen.set(endings.of(execution));
          return seen.get().over();
        },
        "the end of " + execution);
    return seen.get();
  }

  private Optional<Lock> lock(Deployment stored) {
    return locks.find(stored.release().ruleArn()).map(Held::lock);
  }

  private Executions.Status holder(Lock lock) {
    return lock == null ? Executions.Status.UNKNOWN : executions.of(lock.execution());
  }

  /** The attempts after a restore by hand may have been used up before. */
  private void restore(Ending ending, GuardianAction duty, Deployment stored) {
    boolean started = endings.start(ending.machine(), duty.next());
    if (!started && ending.byHand()) {
      page(
          stored, duty.reason() + "; its attempts were used up before, and no further one is made");
    }
  }

  private void page(Deployment stored, String reason) {
    Deployment left = stored.with(Verdict.of(Action.INCOMPLETE, reason));
    announcer.tell(NotificationMessages.givenUp(left), left);
  }
}
