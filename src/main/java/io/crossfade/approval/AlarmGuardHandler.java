package io.crossfade.approval;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.aws.Handler;
import io.crossfade.lock.Lock;
import io.crossfade.lock.LockStore;
import jakarta.inject.Named;

/**
 * Called by EventBridge when an alarm goes to ALARM. A deployment that waits for an answer holds
 * its rule's lock, so the locks say which ones to look at.
 */
@Named("alarm-guard")
@Handler
public class AlarmGuardHandler implements RequestHandler<AlarmEvent, Void> {
  private final LockStore locks;
  private final AlarmRejection rejection;

  public AlarmGuardHandler(LockStore locks, AlarmRejection rejection) {
    this.locks = locks;
    this.rejection = rejection;
  }

  @Override
  public Void handleRequest(AlarmEvent event, Context context) {
    event.fired().ifPresent(this::take);
    return null;
  }

  private void take(AlarmFired fired) {
    rejection.take(fired, locks.held().stream().map(Lock::deployment).toList());
  }
}
