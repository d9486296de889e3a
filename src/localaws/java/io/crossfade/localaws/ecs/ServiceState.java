package io.crossfade.localaws.ecs;

import io.crossfade.localaws.sdk.Arns;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** One service with its deployments and tasks. Guarded by the lock of {@link Clusters}. */
final class ServiceState {
  private static final int KEPT_EVENTS = 100;
  private static final int KEPT_STOPPED_TASKS = 200;

  final String clusterName;
  final String name;
  List<Tag> tags;

  /** The newest first; it is the primary one. */
  final Deque<DeploymentState> deployments = new ArrayDeque<>();

  final List<TaskState> tasks = new ArrayList<>();
  private final Deque<ServiceEvent> events = new ArrayDeque<>();
  Service settings;
  TaskDefinition lastCompleted;
  boolean steady;

  ServiceState(String clusterName, Service settings, List<Tag> tags) {
    this.clusterName = clusterName;
    this.name = settings.serviceName();
    this.settings = settings;
    this.tags = List.copyOf(tags);
  }

  String clusterArn() {
    return Arns.of("ecs", "cluster/" + clusterName);
  }

  int desired() {
    return settings.desiredCount();
  }

  List<LoadBalancer> loadBalancers() {
    return settings.loadBalancers();
  }

  DeploymentConfiguration configuration() {
    return settings.deploymentConfiguration();
  }

  DeploymentState primary() {
    return deployments.getFirst();
  }

  Stream<TaskState> live() {
    return tasks.stream().filter(TaskState::live);
  }

  Stream<TaskState> live(DeploymentState deployment) {
    return live().filter(task -> task.deployment == deployment);
  }

  boolean gone(DeploymentState deployment) {
    return tasks.stream()
        .noneMatch(t -> t.deployment == deployment && t.status != TaskStatus.STOPPED);
  }

  void event(Instant at, String text) {
    events.addFirst(
        ServiceEvent.builder()
            .id(UUID.randomUUID().toString())
            .createdAt(at)
            .message("(service %s) %s".formatted(name, text))
            .build());
    while (events.size() > KEPT_EVENTS) {
      events.removeLast();
    }
  }

  void forgetOldTasks() {
    long stopped = tasks.stream().filter(task -> task.status == TaskStatus.STOPPED).count();
    for (int i = 0; stopped > KEPT_STOPPED_TASKS && i < tasks.size(); ) {
      if (tasks.get(i).status == TaskStatus.STOPPED) {
        tasks.remove(i);
        stopped--;
      } else {
        i++;
      }
    }
  }

  Service describe(boolean withTags) {
    return settings.toBuilder()
        .taskDefinition(primary().definition.taskDefinitionArn())
        .runningCount(count(task -> task.status == TaskStatus.RUNNING))
        .pendingCount(count(task -> task.status.starting()))
        .deployments(deployments.stream().map(this::describe).toList())
        .events(events)
        .tags(withTags ? tags : null)
        .build();
  }

  private Deployment describe(DeploymentState deployment) {
    int running = count(t -> t.deployment == deployment && t.status == TaskStatus.RUNNING);
    int pending = count(t -> t.deployment == deployment && t.status.starting());
    boolean primary = deployment == primary();
    return deployment.describe(primary, primary ? desired() : running + pending, pending, running);
  }

  private int count(Predicate<TaskState> which) {
    return (int) tasks.stream().filter(which).count();
  }
}
