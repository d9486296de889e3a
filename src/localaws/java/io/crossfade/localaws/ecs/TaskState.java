package io.crossfade.localaws.ecs;

import io.crossfade.localaws.sdk.Arns;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.NetworkInterface;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** One task. Guarded by the lock of {@link Clusters}. */
final class TaskState {
  final String arn;
  final ServiceState service;
  final DeploymentState deployment;
  final TaskDefinition definition;
  final Instant createdAt;
  final Map<String, RunningContainer> containers = new LinkedHashMap<>();
  TaskStatus status = TaskStatus.PROVISIONING;
  Instant startedAt;
  Instant stoppingAt;
  Instant stoppedAt;
  TaskStopCode stopCode;
  String stoppedReason;
  boolean healthy;
  boolean everHealthy;

  TaskState(ServiceState service, DeploymentState deployment, Instant createdAt) {
    this.service = service;
    this.deployment = deployment;
    this.definition = deployment.definition;
    this.createdAt = createdAt;
    this.arn = Arns.of("ecs", "task/%s/%s".formatted(service.clusterName, Arns.hex(32)));
  }

  /** Starting or running, and not asked to stop. */
  boolean live() {
    return status.live() && !stopRequested();
  }

  boolean stopRequested() {
    return stoppedReason != null;
  }

  void stopRequested(TaskStopCode code, String reason, Instant at) {
    if (!stopRequested()) {
      stopCode = code;
      stoppedReason = reason;
      stoppingAt = at;
    }
  }

  boolean essentialExited() {
    return definition.containerDefinitions().stream()
        .filter(ContainerDefinition::essential)
        .anyMatch(container -> !containers.get(container.name()).running());
  }

  int port(LoadBalancer loadBalancer) {
    return containers.get(loadBalancer.containerName()).port();
  }

  /** The container that takes the traffic: the load balancer's, else the first. */
  ContainerDefinition main() {
    List<ContainerDefinition> all = definition.containerDefinitions();
    return service.loadBalancers().stream()
        .flatMap(lb -> all.stream().filter(c -> c.name().equals(lb.containerName())))
        .findFirst()
        .orElse(all.get(0));
  }

  RunningTask running() {
    return new RunningTask(
        arn,
        definition.taskDefinitionArn(),
        main().image(),
        containers.get(main().name()).port(),
        healthy);
  }

  Task describe() {
    return Task.builder()
        .taskArn(arn)
        .clusterArn(service.clusterArn())
        .taskDefinitionArn(definition.taskDefinitionArn())
        .group("service:" + service.name)
        .startedBy(deployment.id)
        .launchType(LaunchType.FARGATE)
        .cpu(definition.cpu())
        .memory(definition.memory())
        .lastStatus(status.name())
        .desiredStatus(stopRequested() ? "STOPPED" : "RUNNING")
        .createdAt(createdAt)
        .startedAt(startedAt)
        .stoppingAt(stoppingAt)
        .stoppedAt(stoppedAt)
        .stopCode(stopCode)
        .stoppedReason(stoppedReason)
        .containers(definition.containerDefinitions().stream().map(this::container).toList())
        .build();
  }

  /** Of the image's name: there is no content. */
  private static String digest(String image) {
    int digest = image.indexOf('@');
    return digest >= 0
        ? image.substring(digest + 1)
        : "sha256:%064x".formatted(image.hashCode() & 0xffffffffL);
  }

  private Container container(ContainerDefinition container) {
    boolean runs = containers.containsKey(container.name()) && status != TaskStatus.STOPPED;
    return Container.builder()
        .name(container.name())
        .image(container.image())
        .imageDigest(runs ? digest(container.image()) : null)
        .taskArn(arn)
        .lastStatus(runs ? "RUNNING" : status == TaskStatus.STOPPED ? "STOPPED" : "PENDING")
        .reason(status == TaskStatus.STOPPED ? stoppedReason : null)
        .networkInterfaces(NetworkInterface.builder().privateIpv4Address("127.0.0.1").build())
        .build();
  }
}
