package io.crossfade.localaws.ecs;

import io.crossfade.localaws.sdk.Arns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/**
 * A task that RunTask has started. Images hold no programs, so of its commands {@code exit 3} ends
 * with that code, {@code sleep} runs until it is stopped, and any other ends with 0.
 */
final class OneOffTask {
  /** What a program takes, in world time. */
  private static final Duration RUN_TIME = Duration.ofSeconds(10);

  private static final int KILLED = 137;

  final String arn;
  final RunTaskRequest request;
  private final String cluster;
  private final TaskDefinition definition;
  private final boolean pulled;
  private final Instant createdAt;
  private final Duration startTime;
  private Instant stoppedAt;
  private String stoppedBy;

  /**
   * @param pulled whether all of its images are there
   */
  OneOffTask(
      String cluster,
      RunTaskRequest request,
      TaskDefinition definition,
      boolean pulled,
      Instant createdAt,
      Duration startTime) {
    this.arn = Arns.of("ecs", "task/%s/%s".formatted(cluster, Arns.hex(32)));
    this.cluster = cluster;
    this.request = request;
    this.definition = definition;
    this.pulled = pulled;
    this.createdAt = createdAt;
    this.startTime = startTime;
  }

  void stop(String reason, Instant now) {
    if (!ended(now)) {
      stoppedAt = now;
      stoppedBy = reason;
    }
  }

  private Instant started() {
    return createdAt.plus(startTime);
  }

  private boolean sleeps() {
    return command(main()).contains("sleep");
  }

  private boolean ended(Instant now) {
    return stoppedAt != null
        || !now.isBefore(started()) && !pulled
        || !now.isBefore(started().plus(RUN_TIME)) && !sleeps();
  }

  private ContainerDefinition main() {
    return definition.containerDefinitions().stream()
        .filter(container -> !command(container).isEmpty())
        .findFirst()
        .orElse(definition.containerDefinitions().get(0));
  }

  private List<String> command(ContainerDefinition container) {
    return request.overrides() == null
        ? List.of()
        : request.overrides().containerOverrides().stream()
            .filter(override -> Objects.equals(override.name(), container.name()))
            .findFirst()
            .map(ContainerOverride::command)
            .orElse(List.of());
  }

  private String status(Instant now) {
    if (ended(now)) {
      return "STOPPED";
    }
    if (!now.isBefore(started())) {
      return "RUNNING";
    }
    return now.isBefore(createdAt.plus(startTime.dividedBy(4))) ? "PROVISIONING" : "PENDING";
  }

  /** A container that never ran has no exit code. */
  private Integer exitCode(ContainerDefinition container) {
    if (stoppedBy != null) {
      return stoppedAt.isBefore(started()) ? null : Integer.valueOf(KILLED);
    }
    List<String> command = command(container);
    boolean exits = command.size() == 2 && command.get(0).equals("exit");
    return pulled ? Integer.valueOf(exits ? command.get(1) : "0") : null;
  }

  private String reason() {
    if (stoppedBy != null) {
      return stoppedBy;
    }
    return pulled ? "Essential container in task exited" : "CannotPullContainerError: not found";
  }

  Task describe(Instant now) {
    boolean over = ended(now);
    return Task.builder()
        .taskArn(arn)
        .clusterArn(Arns.of("ecs", "cluster/" + cluster))
        .taskDefinitionArn(definition.taskDefinitionArn())
        .group("family:" + definition.family())
        .startedBy(request.startedBy())
        .launchType(request.launchType())
        .lastStatus(status(now))
        .desiredStatus(over ? "STOPPED" : "RUNNING")
        .createdAt(createdAt)
        .stoppedReason(over ? reason() : null)
        .stopCode(
            !over
                ? null
                : stoppedBy != null
                    ? TaskStopCode.USER_INITIATED
                    : pulled
                        ? TaskStopCode.ESSENTIAL_CONTAINER_EXITED
                        : TaskStopCode.TASK_FAILED_TO_START)
        .containers(
            definition.containerDefinitions().stream()
                .map(
                    container ->
                        Container.builder()
                            .name(container.name())
                            .taskArn(arn)
                            .lastStatus(over ? "STOPPED" : "PENDING")
                            .exitCode(over ? exitCode(container) : null)
                            .reason(over && !pulled ? reason() : null)
                            .build())
                .toList())
        .build();
  }

  boolean shown(Instant now, Duration delay) {
    return !now.isBefore(createdAt.plus(delay));
  }
}
