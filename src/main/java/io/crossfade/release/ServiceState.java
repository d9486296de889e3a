package io.crossfade.release;

import static java.util.Objects.requireNonNull;

/** What a release changes of an ECS service. The task definition is a full revision ARN. */
public record ServiceState(String service, String taskDefinition, int desiredCount) {
  public ServiceState {
    requireNonNull(service);
    requireNonNull(taskDefinition);
    if (desiredCount < 0) {
      throw new IllegalArgumentException("desiredCount must not be negative");
    }
  }
}
