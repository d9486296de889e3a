package io.crossfade.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.AwsCalls;
import io.crossfade.release.Deployment;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.ReleaseCheck;
import io.crossfade.release.TransientFailure;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Tasks by the ECS API, where and how the canary service runs its own. The client token makes a
 * repeated RunTask answer with the task of the first for 24 hours (ECS API reference, Ensuring
 * idempotency).
 */
@Adapter
public class EcsOneOffTasks implements OneOffTasks {
  private static final Logger LOG = Logger.getLogger(EcsOneOffTasks.class);

  /** The function may stop no task that has not got it. */
  private static final Tag MINE = Tag.builder().key("CrossfadeCheckTask").value("true").build();

  private final EcsClient ecs;

  public EcsOneOffTasks(EcsClient ecs) {
    this.ecs = ecs;
  }

  @Override
  public String start(Deployment deployment, ReleaseCheck.Task task) {
    String cluster = deployment.target().cluster();
    String name = deployment.target().canary().service();
    Service service =
        AwsCalls.call(() -> ecs.describeServices(r -> r.cluster(cluster).services(name)))
            .services()
            .stream()
            .findFirst()
            .orElseThrow(() -> new PermanentFailure("ECS no longer knows " + name));
    RunTaskResponse answer = AwsCalls.call(() -> ecs.runTask(request(deployment, task, service)));
    if (answer.tasks().isEmpty()) {
      // Capacity that lacks is told so, and not as an error.
      throw new TransientFailure("ECS did not start the task: " + told(answer.failures()));
    }
    return answer.tasks().get(0).taskArn();
  }

  private static RunTaskRequest request(
      Deployment deployment, ReleaseCheck.Task task, Service service) {
    String token =
        "%s/%d".formatted(deployment.execution(), deployment.progress().checks().passed());
    RunTaskRequest.Builder request =
        RunTaskRequest.builder()
            .cluster(deployment.target().cluster())
            .taskDefinition(deployment.taskDefinition())
            .count(1)
            .clientToken(UUID.nameUUIDFromBytes(token.getBytes(UTF_8)).toString())
            .startedBy("crossfade")
            .tags(MINE)
            .networkConfiguration(service.networkConfiguration())
            .platformVersion(service.platformVersion());
    if (service.hasCapacityProviderStrategy() && !service.capacityProviderStrategy().isEmpty()) {
      request.capacityProviderStrategy(service.capacityProviderStrategy());
    } else {
      request.launchType(service.launchType());
    }
    if (!task.command().isEmpty()) {
      ContainerOverride command =
          ContainerOverride.builder().name(task.container()).command(task.command()).build();
      request.overrides(o -> o.containerOverrides(command));
    }
    return request.build();
  }

  @Override
  public CheckResult look(String cluster, String arn, ReleaseCheck.Task task) {
    List<Task> found =
        AwsCalls.call(() -> ecs.describeTasks(r -> r.cluster(cluster).tasks(arn))).tasks();
    if (found.isEmpty()) {
      return CheckResult.notYet("ECS does not show the task %s".formatted(arn));
    }
    Task shown = found.get(0);
    if (!"STOPPED".equals(shown.lastStatus())) {
      return CheckResult.notYet("the task is %s".formatted(shown.lastStatus()));
    }
    Container container =
        shown.containers().stream()
            .filter(each -> each.name().equals(task.container()))
            .findFirst()
            .orElse(Container.builder().build());
    if (container.exitCode() == null) {
      return CheckResult.failed(
          "the task has no exit code: "
              + requireNonNullElse(
                  container.reason(),
                  requireNonNullElse(shown.stoppedReason(), "no reason given")));
    }
    String ended = "the task ended with exit code %d".formatted(container.exitCode());
    return container.exitCode() == 0 ? CheckResult.passed(ended) : CheckResult.failed(ended);
  }

  @Override
  public void stop(String cluster, String arn) {
    try {
      AwsCalls.run(
          () ->
              ecs.stopTask(r -> r.cluster(cluster).task(arn).reason("the release is rolled back")));
    } catch (TransientFailure | PermanentFailure left) {
      LOG.warn("the task %s was not stopped: %s".formatted(arn, left.getMessage()));
    }
  }

  private static String told(List<Failure> failures) {
    return failures.isEmpty()
        ? "no reason given"
        : failures.stream()
            .map(failure -> requireNonNullElse(failure.reason(), "no reason given"))
            .distinct()
            .collect(Collectors.joining(", "));
  }
}
