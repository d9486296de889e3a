package io.crossfade.guardian;

import static java.util.Objects.requireNonNull;

/**
 * What EventBridge tells of an execution (Step Functions Developer Guide, Automating event
 * delivery). It leaves out an input that is too long, so the rest is asked of Step Functions.
 */
public record ExecutionEndedEvent(Detail detail) {
  public record Detail(String executionArn) {
    public Detail {
      requireNonNull(executionArn);
    }
  }

  /** Whether the template's schedule sent it, which asks for nothing but a running function. */
  boolean onlyWarms() {
    return detail == null;
  }
}
