package io.crossfade.approval;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.lock.Lock;
import io.crossfade.lock.LockStore;
import io.crossfade.slack.Messenger;
import jakarta.inject.Named;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Called by EventBridge when an alarm goes to ALARM. A deployment that waits for an answer holds
 * its rule's lock, so the locks say which ones to look at.
 */
@Named("alarm-guard")
public class AlarmGuardHandler implements RequestHandler<AlarmEvent, Void> {
  private static final Logger LOG = Logger.getLogger(AlarmGuardHandler.class);

  private final LockStore locks;
  private final AlarmRejection desk;

  public AlarmGuardHandler(
      LockStore locks, ApprovalStore approvals, TaskCallbacks tasks, Messenger messenger) {
    this.locks = locks;
    this.desk = new AlarmRejection(approvals, tasks, messenger, LOG::info);
  }

  @Override
  public Void handleRequest(AlarmEvent event, Context context) {
    List<String> deployments = locks.held().stream().map(Lock::deployment).toList();
    desk.take(event.fired(), deployments);
    return null;
  }
}
