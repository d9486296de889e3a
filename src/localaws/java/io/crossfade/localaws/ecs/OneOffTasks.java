package io.crossfade.localaws.ecs;

import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.sdk.Arns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Tasks that no service has started. Guarded by the lock of {@link Clusters}. */
final class OneOffTasks {
  /** Until DescribeTasks knows a new task: the API is eventually consistent (RunTask). */
  private static final Duration SHOWN_AFTER = Duration.ofSeconds(2);

  private final ScaledClock clock;
  private final ContainerRegistry registry;
  private final Duration startTime;
  private final List<OneOffTask> tasks = new ArrayList<>();
  private boolean noCapacity;

  OneOffTasks(ScaledClock clock, ContainerRegistry registry, Duration startTime) {
    this.clock = clock;
    this.registry = registry;
    this.startTime = startTime;
  }

  void lackCapacity(boolean lacks) {
    noCapacity = lacks;
  }

  List<OneOffTask> all() {
    return List.copyOf(tasks);
  }

  /**
   * A repeated client token answers with the first task, and with an error if anything else of the
   * request differs (Ensuring idempotency).
   */
  RunTaskResponse run(String cluster, RunTaskRequest request, TaskDefinition definition) {
    if (request.count() != null && request.count() != 1) {
      throw new UnsupportedOperationException("not emulated: RunTask of several tasks");
    }
    TaskDefinitions.checkTags(request.tags());
    if (definition.networkMode() == NetworkMode.AWSVPC
        && (request.networkConfiguration() == null
            || request.networkConfiguration().awsvpcConfiguration() == null)) {
      throw EcsErrors.invalid(
          "Network Configuration must be provided when networkMode 'awsvpc' is specified.");
    }
    Optional<OneOffTask> known =
        tasks.stream()
            .filter(task -> request.clientToken() != null)
            .filter(task -> Objects.equals(task.request.clientToken(), request.clientToken()))
            .findFirst();
    if (known.isPresent()) {
      if (!known.get().request.equals(request)) {
        throw EcsErrors.of("ConflictException", "The client token is in use with another request");
      }
      return answer(known.get());
    }
    if (noCapacity) {
      // Told in an answer with status 200 (API failure reasons).
      Failure failure =
          Failure.builder()
              .reason(
                  "Capacity is unavailable at this time. Please try again later or in a different"
                      + " availability zone")
              .build();
      return RunTaskResponse.builder().tasks(List.of()).failures(failure).build();
    }
    boolean pulled =
        definition.containerDefinitions().stream()
            .allMatch(container -> registry.pull(container.image()).isPresent());
    OneOffTask started =
        new OneOffTask(cluster, request, definition, pulled, clock.now(), startTime);
    tasks.add(started);
    return answer(started);
  }

  private RunTaskResponse answer(OneOffTask task) {
    return RunTaskResponse.builder().tasks(task.describe(clock.now())).failures(List.of()).build();
  }

  Optional<OneOffTask> find(String nameOrArn) {
    return tasks.stream()
        .filter(task -> Arns.lastPart(task.arn).equals(Arns.lastPart(nameOrArn)))
        .findFirst();
  }

  Optional<OneOffTask> shown(String nameOrArn) {
    return find(nameOrArn).filter(task -> task.shown(clock.now(), SHOWN_AFTER));
  }
}
