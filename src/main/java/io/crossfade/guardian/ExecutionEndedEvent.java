package io.crossfade.guardian;

import static java.util.Objects.requireNonNull;

import io.crossfade.release.AboutDeployment;
import io.crossfade.release.ExecutionArn;

/**
 * What EventBridge tells of an execution (Step Functions Developer Guide, Automating event
 * delivery). It leaves out an input that is too long, so the rest is asked of Step Functions.
 */
public record ExecutionEndedEvent(Detail detail) implements AboutDeployment {
  public record Detail(String executionArn) {
    public Detail {
      requireNonNull(executionArn);
    }
  }

  @Override
  public String deploymentId() {
    return detail == null ? "" : ExecutionArn.name(detail.executionArn());
  }
}
