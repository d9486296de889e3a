package io.crossfade.localaws.ecs;

import static software.amazon.awssdk.services.ecs.model.DeploymentRolloutState.COMPLETED;
import static software.amazon.awssdk.services.ecs.model.DeploymentRolloutState.FAILED;

import io.crossfade.localaws.ScaledClock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** Starts and stops the tasks of a service. Called under the lock of {@link Clusters}. */
final class ServiceScheduler {
  private final ScaledClock clock;
  private final TaskLifecycle lifecycle;

  ServiceScheduler(ScaledClock clock, TaskLifecycle lifecycle) {
    this.clock = clock;
    this.lifecycle = lifecycle;
  }

  void tick(ServiceState service) {
    List.copyOf(service.tasks).forEach(lifecycle::tick);
    stopSurplus(service);
    stopReplaced(service);
    launch(service);
    breakCircuit(service);
    finish(service);
    service.forgetOldTasks();
  }

  /** Scale-in: what has not started goes first, then the newest. */
  private void stopSurplus(ServiceState service) {
    List<TaskState> live = service.live(service.primary()).toList();
    int surplus = live.size() - service.desired();
    if (surplus <= 0) {
      return;
    }
    List<TaskState> leaving =
        live.stream()
            .sorted(
                Comparator.comparing((TaskState task) -> task.status)
                    .thenComparing(task -> task.createdAt, Comparator.reverseOrder()))
            .limit(surplus)
            .toList();
    stop(service, leaving);
  }

  /** Old tasks leave as far as the minimum healthy percent allows; unhealthy ones do not count. */
  private void stopReplaced(ServiceState service) {
    List<TaskState> old =
        service.live().filter(task -> task.deployment != service.primary()).toList();
    long healthy = service.live().filter(task -> task.healthy).count();
    long spare = Math.max(0, healthy - lowest(service));
    List<TaskState> leaving =
        java.util.stream.Stream.concat(
                old.stream().filter(task -> !task.healthy && !service.primary().failed()),
                old.stream().filter(task -> task.healthy).limit(spare))
            .toList();
    stop(service, leaving);
  }

  private void stop(ServiceState service, List<TaskState> leaving) {
    if (leaving.isEmpty()) {
      return;
    }
    service.event(
        clock.now(), "has stopped %d running tasks: %s.".formatted(leaving.size(), ids(leaving)));
    leaving.forEach(
        task ->
            lifecycle.drainAndStop(
                task,
                TaskStopCode.SERVICE_SCHEDULER_INITIATED,
                "Scaling activity initiated by (deployment %s)".formatted(task.deployment.id)));
  }

  private void launch(ServiceState service) {
    DeploymentState primary = service.primary();
    if (primary.failed() || clock.now().isBefore(primary.nextLaunch)) {
      return;
    }
    long missing = service.desired() - service.live(primary).count();
    long room = highest(service) - service.live().count();
    long count = Math.max(0, Math.min(missing, room));
    List<TaskState> launched =
        java.util.stream.LongStream.range(0, count)
            .mapToObj(i -> new TaskState(service, primary, clock.now()))
            .toList();
    if (!launched.isEmpty()) {
      service.tasks.addAll(launched);
      service.event(
          clock.now(), "has started %d tasks: %s.".formatted(launched.size(), ids(launched)));
    }
  }

  private static String ids(List<TaskState> tasks) {
    return tasks.stream()
        .map(task -> "(task " + io.crossfade.localaws.sdk.Arns.lastPart(task.arn) + ")")
        .collect(Collectors.joining(" "));
  }

  private static long lowest(ServiceState service) {
    int percent = service.configuration().minimumHealthyPercent();
    return (long) Math.ceil(service.desired() * percent / 100.0);
  }

  private static long highest(ServiceState service) {
    int percent = service.configuration().maximumPercent();
    return (long) Math.floor(service.desired() * percent / 100.0);
  }

  private void breakCircuit(ServiceState service) {
    DeploymentState primary = service.primary();
    DeploymentCircuitBreaker breaker = service.configuration().deploymentCircuitBreaker();
    boolean enabled = breaker != null && Boolean.TRUE.equals(breaker.enable());
    if (!enabled || !primary.inProgress() || primary.failedTasks < threshold(service)) {
      return;
    }
    Instant now = clock.now();
    primary.roll(FAILED, "ECS deployment circuit breaker: tasks failed to start.", now);
    service.event(
        now, "(deployment %s) deployment failed: tasks failed to start.".formatted(primary.id));
    if (Boolean.TRUE.equals(breaker.rollback()) && service.lastCompleted != null) {
      service.event(now, "rolling back to " + service.lastCompleted.taskDefinitionArn() + ".");
      service.deployments.addFirst(new DeploymentState(service.lastCompleted, now));
    }
  }

  /** Half of the desired count, at least 3 and at most 200, as ECS computes it. */
  private static int threshold(ServiceState service) {
    return (int) Math.min(200, Math.max(3, Math.ceil(service.desired() * 0.5)));
  }

  private void finish(ServiceState service) {
    DeploymentState primary = service.primary();
    service.deployments.removeIf(other -> other != primary && service.gone(other));
    boolean allHealthy =
        service.live(primary).filter(task -> task.healthy).count() == service.desired();
    boolean steady = allHealthy && service.deployments.size() == 1;
    if (steady && primary.inProgress()) {
      primary.roll(COMPLETED, "ECS deployment %s completed.".formatted(primary.id), clock.now());
      service.lastCompleted = primary.definition;
      service.event(clock.now(), "(deployment %s) deployment completed.".formatted(primary.id));
    }
    if (steady && !service.steady) {
      service.event(clock.now(), "has reached a steady state.");
    }
    service.steady = steady;
  }
}
