package io.crossfade.localaws.ecs;

import io.crossfade.localaws.DaemonThreads;
import io.crossfade.localaws.ScaledClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** Starts and ends containers, which takes time, on threads of its own. */
final class TaskRunner implements AutoCloseable {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration SHORTEST_STOP_TIMEOUT = Duration.ofSeconds(3);

  private final ScaledClock clock;
  private final ContainerRegistry registry;
  private final ExecutorService threads = DaemonThreads.pool("ecs-task");

  TaskRunner(ScaledClock clock, ContainerRegistry registry) {
    this.clock = clock;
    this.registry = registry;
  }

  /**
   * Starts all containers of a task, or none.
   *
   * @param failed is told the stop code and the reason
   */
  void start(
      TaskState task,
      Consumer<Map<String, RunningContainer>> started,
      BiConsumer<TaskStopCode, String> failed) {
    threads.execute(
        () -> {
          Map<String, RunningContainer> containers = new LinkedHashMap<>();
          try {
            for (ContainerDefinition container : task.definition.containerDefinitions()) {
              containers.put(container.name(), start(task, container));
            }
            started.accept(containers);
          } catch (CannotPull e) {
            containers.values().forEach(RunningContainer::close);
            failed.accept(TaskStopCode.TASK_FAILED_TO_START, e.getMessage());
          } catch (Exception e) {
            containers.values().forEach(RunningContainer::close);
            failed.accept(
                TaskStopCode.ESSENTIAL_CONTAINER_EXITED,
                "Essential container in task exited: " + e.getMessage());
          }
        });
  }

  private RunningContainer start(TaskState task, ContainerDefinition container) throws Exception {
    ContainerImage image =
        registry.pull(container.image()).orElseThrow(() -> new CannotPull(container.image()));
    Map<String, String> environment =
        container.environment().stream()
            .collect(Collectors.toMap(KeyValuePair::name, KeyValuePair::value));
    return image.start(
        new ContainerConfig(container.image(), task.arn, container.name(), environment));
  }

  /** SIGTERM to all containers, SIGKILL to what still runs after the stop timeout. */
  void stop(Map<String, RunningContainer> containers, Runnable stopped) {
    threads.execute(
        () -> {
          containers.values().forEach(TaskRunner::terminate);
          await(containers);
          containers.values().forEach(RunningContainer::close);
          stopped.run();
        });
  }

  private static void terminate(RunningContainer container) {
    try {
      container.stop();
    } catch (RuntimeException ignoredSignal) {
      container.close();
    }
  }

  /** Requests in flight take real time, so they get some, however fast the clock runs. */
  private void await(Map<String, RunningContainer> containers) {
    long patience = Math.max(clock.real(STOP_TIMEOUT).toNanos(), SHORTEST_STOP_TIMEOUT.toNanos());
    long deadline = System.nanoTime() + patience;
    while (containers.values().stream().anyMatch(RunningContainer::running)
        && System.nanoTime() < deadline) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static final class CannotPull extends Exception {
    CannotPull(String image) {
      super(
          "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to"
              + " resolve ref "
              + image
              + ": not found");
    }
  }
}
