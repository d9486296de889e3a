package io.crossfade.plan;

import io.crossfade.release.ExecutionArn;
import io.crossfade.release.StateInput;
import java.time.Instant;

/**
 * What the state machine hands to {@code plan}.
 *
 * @param document the execution's input as it is: meant to be a release, or where one is stored
 * @param execution the execution's ARN
 * @param now when the state was entered
 */
public record PlanInvocation(Object document, String execution, Instant now) implements StateInput {
  @Override
  public String deploymentId() {
    return ExecutionArn.name(execution);
  }
}
