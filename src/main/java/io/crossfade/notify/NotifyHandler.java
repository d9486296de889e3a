package io.crossfade.notify;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.aws.Handler;
import io.crossfade.lock.LockService;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.PermanentFailure;
import io.crossfade.report.Reports;
import io.crossfade.report.WrittenReport;
import jakarta.inject.Named;
import org.jboss.logging.Logger;

/** Counts how an execution ended, gives the lock back, and announces it. */
@Named("notify")
@Handler
public class NotifyHandler implements RequestHandler<Invocation, Deployment> {
  private static final Logger LOG = Logger.getLogger(NotifyHandler.class);

  private final LockService locks;
  private final Reports reports;
  private final Notifications notifications;
  private final MetricsLog metrics;

  public NotifyHandler(
      LockService locks, Reports reports, Notifications notifications, MetricsLog metrics) {
    this.locks = locks;
    this.reports = reports;
    this.notifications = notifications;
    this.metrics = metrics;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    Deployment deployment = in.document().withReasonOfError();
    Outcome outcome = Outcome.of(in.outcome());
    metrics.ended(outcome, deployment, in.now());
    try {
      giveLockBack(outcome, deployment, in.execution());
    } finally {
      WrittenReport report =
          reports.write(outcome.label(), outcome.ending(), deployment, in.execution(), in.now());
      report.canary().ifPresent(count -> metrics.shifted(outcome, deployment, count, in.now()));
      notifications.send(NotificationMessages.of(outcome, deployment, report.place()));
    }
    return deployment;
  }

  /**
   * The lock goes first, because a reader of the notification may start the next release at once.
   */
  private void giveLockBack(Outcome outcome, Deployment deployment, String execution) {
    try {
      switch (outcome) {
        case RELEASED, RELEASED_WITH_WARNING -> locks.giveBack(deployment, execution, true);
        case ROLLED_BACK -> locks.giveBack(deployment, execution, false);
        case REFUSED, RESTORE_INCOMPLETE -> {}
      }
    } catch (PermanentFailure kept) {
      LOG.warn("the lock was not given back: " + kept.getMessage());
    }
  }
}
