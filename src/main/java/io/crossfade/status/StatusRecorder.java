package io.crossfade.status;

import io.crossfade.aws.Handler;
import io.crossfade.notify.Outcome;
import io.crossfade.release.Deployment;
import io.crossfade.release.StateInput;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jboss.logging.Logger;

/**
 * Stores what a state has made of its deployment if people would see a difference. A release never
 * fails because of it.
 */
@Interceptor
@Handler
@Priority(Interceptor.Priority.APPLICATION)
public class StatusRecorder {
  private static final Logger LOG = Logger.getLogger(StatusRecorder.class);

  private final StatusStore statuses;

  public StatusRecorder(StatusStore statuses) {
    this.statuses = statuses;
  }

  @AroundInvoke
  Object record(InvocationContext call) throws Exception {
    StateInput in = call.getParameters()[0] instanceof StateInput state ? state : null;
    try {
      Object result = call.proceed();
      if (in != null && result instanceof Deployment after) {
        record(in, after);
      }
      return result;
    } catch (Exception failed) {
      if (in != null && in.outcome() != null) {
        // How it ended is so, whether or not everybody could be told.
        in.before().map(Deployment::withReasonOfError).ifPresent(ended -> record(in, ended));
      }
      throw failed;
    }
  }

  private void record(StateInput in, Deployment after) {
    try {
      Outcome outcome = in.outcome() == null ? null : Outcome.of(in.outcome());
      ReleaseStatus status = new ReleaseStatus(after, outcome, in.now());
      if (StatusMessages.differs(in.before().orElse(null), status)) {
        statuses.put(status);
      }
    } catch (RuntimeException unshown) {
      LOG.warn("the status was not stored: " + unshown.getMessage());
    }
  }
}
