package io.crossfade.localaws.ecs;

import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.sdk.Arns;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/**
 * Moves tasks from state to state. Called under the lock of {@link Clusters}, and calls back under
 * it.
 */
final class TaskLifecycle {
  private final ScaledClock clock;
  private final TaskRunner runner;
  private final TargetRegistration targets;
  private final Duration startTime;
  private final Object lock;

  TaskLifecycle(
      ScaledClock clock,
      TaskRunner runner,
      TargetRegistration targets,
      Duration startTime,
      Object lock) {
    this.clock = clock;
    this.runner = runner;
    this.targets = targets;
    this.startTime = startTime;
    this.lock = lock;
  }

  void tick(TaskState task) {
    Instant now = clock.now();
    switch (task.status) {
      case PROVISIONING -> {
        if (!now.isBefore(task.createdAt.plus(startTime.dividedBy(4)))) {
          task.status = TaskStatus.PENDING;
        }
      }
      case PENDING -> {
        if (!now.isBefore(task.createdAt.plus(startTime))) {
          activate(task);
        }
      }
      case RUNNING -> watch(task, now);
      case DEACTIVATING -> {
        if (task.essentialExited() || targets.drained(task)) {
          terminate(task);
        }
      }
      case ACTIVATING, STOPPING, STOPPED -> {}
    }
  }

  private void activate(TaskState task) {
    task.status = TaskStatus.ACTIVATING;
    runner.start(
        task,
        containers -> {
          synchronized (lock) {
            started(task, containers);
          }
        },
        (code, reason) -> {
          synchronized (lock) {
            failedToStart(task, code, reason);
          }
        });
  }

  private void started(TaskState task, Map<String, RunningContainer> containers) {
    task.containers.putAll(containers);
    if (task.stopRequested()) {
      terminate(task);
      return;
    }
    task.status = TaskStatus.RUNNING;
    task.startedAt = clock.now();
    targets.register(task);
    for (var lb : task.service.loadBalancers()) {
      task.service.event(
          task.startedAt,
          "registered 1 targets in (target-group %s)".formatted(lb.targetGroupArn()));
    }
  }

  private void failedToStart(TaskState task, TaskStopCode code, String reason) {
    task.stopRequested(code, reason, clock.now());
    task.deployment.taskFailed(clock.now());
    task.service.event(
        clock.now(),
        "was unable to start (task %s): %s".formatted(Arns.lastPart(task.arn), reason));
    stopped(task);
  }

  private void watch(TaskState task, Instant now) {
    if (task.essentialExited()) {
      crashed(task, now);
      return;
    }
    task.healthy = targets.healthy(task);
    if (task.healthy && !task.everHealthy) {
      task.everHealthy = true;
      task.deployment.taskHealthy();
    }
    boolean graceOver = !now.isBefore(task.startedAt.plusSeconds(grace(task)));
    if (graceOver && targets.unhealthy(task)) {
      failedHealthChecks(task, now);
    }
  }

  private static int grace(TaskState task) {
    Integer seconds = task.service.settings.healthCheckGracePeriodSeconds();
    return seconds == null ? 0 : seconds;
  }

  /** A task that was once healthy does not count as failed: it did start. */
  private void crashed(TaskState task, Instant now) {
    if (!task.everHealthy) {
      task.deployment.taskFailed(now);
    }
    task.stopRequested(
        TaskStopCode.ESSENTIAL_CONTAINER_EXITED, "Essential container in task exited", now);
    task.service.event(now, "(task %s) exited.".formatted(Arns.lastPart(task.arn)));
    targets.deregister(task);
    terminate(task);
  }

  private void failedHealthChecks(TaskState task, Instant now) {
    String group = task.service.loadBalancers().get(0).targetGroupArn();
    String reason = "Task failed ELB health checks in (target-group %s)".formatted(group);
    task.deployment.taskFailed(now);
    task.service.event(
        now,
        "(task %s) failed ELB health checks in (target-group %s)"
            .formatted(Arns.lastPart(task.arn), group));
    drainAndStop(task, TaskStopCode.SERVICE_SCHEDULER_INITIATED, reason);
  }

  /** Deregisters first, waits for the deregistration delay, and only then ends the task. */
  void drainAndStop(TaskState task, TaskStopCode code, String reason) {
    task.stopRequested(code, reason, clock.now());
    task.healthy = false;
    if (task.status == TaskStatus.RUNNING) {
      targets.deregister(task);
      task.status = TaskStatus.DEACTIVATING;
      if (!task.service.loadBalancers().isEmpty()) {
        task.service.event(clock.now(), "has begun draining connections on 1 tasks.");
      }
    } else if (task.status.starting() && task.status != TaskStatus.ACTIVATING) {
      stopped(task);
    }
  }

  /** Ends the task without waiting for anything to drain. */
  void stopNow(TaskState task, TaskStopCode code, String reason) {
    TaskStatus before = task.status;
    drainAndStop(task, code, reason);
    if (before == TaskStatus.RUNNING || before == TaskStatus.DEACTIVATING) {
      terminate(task);
    }
  }

  private void terminate(TaskState task) {
    task.status = TaskStatus.STOPPING;
    task.healthy = false;
    runner.stop(
        Map.copyOf(task.containers),
        () -> {
          synchronized (lock) {
            stopped(task);
          }
        });
  }

  private void stopped(TaskState task) {
    task.status = TaskStatus.STOPPED;
    task.healthy = false;
    task.stoppedAt = clock.now();
  }
}
