package io.crossfade.status;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.aws.Handler;
import jakarta.inject.Named;

/** Called by EventBridge when the status of a deployment was stored: shows it in Slack. */
@Named("release-status")
@Handler
public class ReleaseStatusHandler implements RequestHandler<ObjectCreatedEvent, Void> {
  private final StatusDisplay display;

  public ReleaseStatusHandler(StatusDisplay display) {
    this.display = display;
  }

  @Override
  public Void handleRequest(ObjectCreatedEvent event, Context context) {
    display.show(event.deploymentId());
    return null;
  }
}
