package io.crossfade.localaws.ecs;

import io.crossfade.localaws.sdk.Arns;
import java.time.Instant;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** One roll-out of a task definition. Guarded by the lock of {@link Clusters}. */
final class DeploymentState {
  final String id = "ecs-svc/" + Arns.decimal(19);
  final TaskDefinition definition;
  final Instant createdAt;
  DeploymentRolloutState rolloutState = DeploymentRolloutState.IN_PROGRESS;
  String rolloutStateReason;
  Instant updatedAt;
  int failedTasks;
  Instant nextLaunch = Instant.MIN;

  DeploymentState(TaskDefinition definition, Instant createdAt) {
    this.definition = definition;
    this.createdAt = createdAt;
    this.updatedAt = createdAt;
    this.rolloutStateReason = "ECS deployment %s in progress.".formatted(id);
  }

  boolean failed() {
    return rolloutState == DeploymentRolloutState.FAILED;
  }

  boolean inProgress() {
    return rolloutState == DeploymentRolloutState.IN_PROGRESS;
  }

  void roll(DeploymentRolloutState state, String reason, Instant at) {
    rolloutState = state;
    rolloutStateReason = reason;
    updatedAt = at;
  }

  /** After each failure in a row the scheduler waits longer, up to a minute. */
  void taskFailed(Instant at) {
    failedTasks++;
    nextLaunch = at.plusSeconds(Math.min(60, 1L << Math.min(failedTasks, 6)));
    updatedAt = at;
  }

  void taskHealthy() {
    failedTasks = 0;
    nextLaunch = Instant.MIN;
  }

  Deployment describe(boolean primary, int desired, int pending, int running) {
    return Deployment.builder()
        .id(id)
        .status(primary ? "PRIMARY" : "ACTIVE")
        .taskDefinition(definition.taskDefinitionArn())
        .desiredCount(desired)
        .pendingCount(pending)
        .runningCount(running)
        .failedTasks(failedTasks)
        .createdAt(createdAt)
        .updatedAt(updatedAt)
        .launchType(LaunchType.FARGATE)
        .rolloutState(rolloutState)
        .rolloutStateReason(rolloutStateReason)
        .build();
  }
}
