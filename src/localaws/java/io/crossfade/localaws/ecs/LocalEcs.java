package io.crossfade.localaws.ecs;

import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.elb.LocalElb;
import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.sdk.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.*;

/**
 * Amazon ECS with tasks that really run. Deployments roll as the ECS deployment controller rolls
 * them; closing it kills every container.
 */
public final class LocalEcs implements EcsClient {
  /** From the decision to start a task until its containers start, in world time. */
  public static final Duration START_TIME = Duration.ofSeconds(8);

  private static final int MAX_PER_PAGE = 100;

  private final Clusters clusters;
  private final TaskDefinitions definitions;
  private final Services services;
  private final OneOffTasks oneOff;
  private final ScaledClock clock;

  public LocalEcs(ScaledClock clock, LocalElb elb, ContainerRegistry registry) {
    this(clock, elb, registry, START_TIME);
  }

  public LocalEcs(ScaledClock clock, LocalElb elb, ContainerRegistry registry, Duration startTime) {
    this.clock = clock;
    this.oneOff = new OneOffTasks(clock, registry, startTime);
    this.clusters = new Clusters(clock, elb, registry, startTime);
    this.definitions = new TaskDefinitions(clock);
    this.services = new Services(clock, clusters, definitions);
  }

  /** The tasks of a service that run and were not asked to stop. */
  public List<RunningTask> runningTasks(String cluster, String service) {
    synchronized (clusters) {
      return clusters.running(cluster, service);
    }
  }

  /** Whether RunTask finds no room from now on. */
  public void lackCapacity(boolean lacks) {
    synchronized (clusters) {
      oneOff.lackCapacity(lacks);
    }
  }

  /** Every task that RunTask has started, oldest first. */
  public List<Task> oneOffTasks() {
    synchronized (clusters) {
      return oneOff.all().stream().map(task -> task.describe(clock.now())).toList();
    }
  }

  /** Of a task definition or a one-off task by its ARN; none if there is no such resource. */
  public Map<String, String> tags(String arn) {
    List<Tag> tags =
        arn.contains(":task-definition/")
            ? definitions
                .describe(
                    DescribeTaskDefinitionRequest.builder()
                        .taskDefinition(arn)
                        .include(TaskDefinitionField.TAGS)
                        .build())
                .tags()
            : oneOff.find(arn).map(task -> task.request.tags()).orElse(List.of());
    return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value));
  }

  @Override
  public RunTaskResponse runTask(RunTaskRequest request) {
    synchronized (clusters) {
      return oneOff.run(
          clusters.cluster(request.cluster()),
          request,
          definitions.active(request.taskDefinition()));
    }
  }

  @Override
  public CreateClusterResponse createCluster(CreateClusterRequest request) {
    String name = request.clusterName() == null ? "default" : request.clusterName();
    synchronized (clusters) {
      clusters.create(name);
      return CreateClusterResponse.builder().cluster(cluster(name)).build();
    }
  }

  @Override
  public DescribeClustersResponse describeClusters(DescribeClustersRequest request) {
    List<String> asked = request.clusters().isEmpty() ? List.of("default") : request.clusters();
    List<Cluster> found = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    synchronized (clusters) {
      for (String name : asked.stream().map(Arns::lastPart).toList()) {
        if (clusters.exists(name)) {
          found.add(cluster(name));
        } else {
          failures.add(missing("cluster/" + name));
        }
      }
    }
    return DescribeClustersResponse.builder().clusters(found).failures(failures).build();
  }

  @Override
  public ListClustersResponse listClusters(ListClustersRequest request) {
    List<String> arns;
    synchronized (clusters) {
      arns = clusters.names().stream().map(LocalEcs::clusterArn).toList();
    }
    Page<String> page = page(arns, request.nextToken(), request.maxResults());
    return ListClustersResponse.builder().clusterArns(page.items()).nextToken(page.next()).build();
  }

  private static String clusterArn(String name) {
    return Arns.of("ecs", "cluster/" + name);
  }

  private Cluster cluster(String name) {
    return Cluster.builder()
        .clusterArn(clusterArn(name))
        .clusterName(name)
        .status("ACTIVE")
        .activeServicesCount((int) clusters.services(name).count())
        .runningTasksCount((int) tasks(name, TaskStatus.RUNNING).count())
        .pendingTasksCount((int) tasks(name, TaskStatus.PENDING).count())
        .registeredContainerInstancesCount(0)
        .build();
  }

  private Stream<TaskState> tasks(String cluster, TaskStatus status) {
    return clusters.tasks(cluster).filter(task -> task.status == status);
  }

  private static Failure missing(String resource) {
    return Failure.builder().arn(Arns.of("ecs", resource)).reason("MISSING").build();
  }

  @Override
  public RegisterTaskDefinitionResponse registerTaskDefinition(
      RegisterTaskDefinitionRequest request) {
    return definitions.register(request);
  }

  @Override
  public DescribeTaskDefinitionResponse describeTaskDefinition(
      DescribeTaskDefinitionRequest request) {
    return definitions.describe(request);
  }

  @Override
  public DeregisterTaskDefinitionResponse deregisterTaskDefinition(
      DeregisterTaskDefinitionRequest request) {
    return DeregisterTaskDefinitionResponse.builder()
        .taskDefinition(definitions.deregister(request.taskDefinition()))
        .build();
  }

  @Override
  public ListTaskDefinitionsResponse listTaskDefinitions(ListTaskDefinitionsRequest request) {
    Page<String> page = page(definitions.list(request), request.nextToken(), request.maxResults());
    return ListTaskDefinitionsResponse.builder()
        .taskDefinitionArns(page.items())
        .nextToken(page.next())
        .build();
  }

  @Override
  public CreateServiceResponse createService(CreateServiceRequest request) {
    synchronized (clusters) {
      return CreateServiceResponse.builder()
          .service(services.create(request).describe(true))
          .build();
    }
  }

  @Override
  public UpdateServiceResponse updateService(UpdateServiceRequest request) {
    synchronized (clusters) {
      return UpdateServiceResponse.builder()
          .service(services.update(request).describe(false))
          .build();
    }
  }

  @Override
  public DescribeServicesResponse describeServices(DescribeServicesRequest request) {
    synchronized (clusters) {
      return services.describe(request);
    }
  }

  @Override
  public ListServicesResponse listServices(ListServicesRequest request) {
    List<String> arns;
    synchronized (clusters) {
      arns = clusters.services(request.cluster()).map(s -> s.settings.serviceArn()).toList();
    }
    Page<String> page = page(arns, request.nextToken(), request.maxResults());
    return ListServicesResponse.builder().serviceArns(page.items()).nextToken(page.next()).build();
  }

  /** Tags of the same key are replaced, the others stay. */
  @Override
  public TagResourceResponse tagResource(TagResourceRequest request) {
    synchronized (clusters) {
      services.tag(request.resourceArn(), request.tags());
      return TagResourceResponse.builder().build();
    }
  }

  @Override
  public ListTasksResponse listTasks(ListTasksRequest request) {
    boolean stopped = request.desiredStatus() == DesiredStatus.STOPPED;
    List<String> arns;
    synchronized (clusters) {
      arns =
          candidates(request)
              .filter(task -> task.stopRequested() == stopped)
              .filter(
                  t -> request.family() == null || t.definition.family().equals(request.family()))
              .map(task -> task.arn)
              .toList();
    }
    Page<String> page = page(arns, request.nextToken(), request.maxResults());
    return ListTasksResponse.builder().taskArns(page.items()).nextToken(page.next()).build();
  }

  private Stream<TaskState> candidates(ListTasksRequest request) {
    return request.serviceName() == null
        ? clusters.tasks(request.cluster())
        : clusters.service(request.cluster(), request.serviceName()).tasks.stream();
  }

  @Override
  public DescribeTasksResponse describeTasks(DescribeTasksRequest request) {
    List<Task> found = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    synchronized (clusters) {
      String cluster = clusters.cluster(request.cluster());
      for (String asked : request.tasks()) {
        task(cluster, asked)
            .map(TaskState::describe)
            .or(() -> oneOff.shown(asked).map(task -> task.describe(clock.now())))
            .ifPresentOrElse(
                found::add,
                () -> failures.add(missing("task/" + cluster + "/" + Arns.lastPart(asked))));
      }
    }
    return DescribeTasksResponse.builder().tasks(found).failures(failures).build();
  }

  private Optional<TaskState> task(String cluster, String asked) {
    String id = Arns.lastPart(Objects.requireNonNullElse(asked, ""));
    return clusters.tasks(cluster).filter(task -> Arns.lastPart(task.arn).equals(id)).findFirst();
  }

  @Override
  public StopTaskResponse stopTask(StopTaskRequest request) {
    String reason = request.reason() == null ? "Task stopped by user" : request.reason();
    synchronized (clusters) {
      Optional<OneOffTask> alone = oneOff.find(request.task());
      if (alone.isPresent()) {
        alone.get().stop(reason, clock.now());
        return StopTaskResponse.builder().task(alone.get().describe(clock.now())).build();
      }
      TaskState task =
          task(clusters.cluster(request.cluster()), request.task())
              .orElseThrow(() -> EcsErrors.invalid("The referenced task was not found."));
      clusters.lifecycle().stopNow(task, TaskStopCode.USER_INITIATED, reason);
      return StopTaskResponse.builder().task(task.describe()).build();
    }
  }

  private static <T> Page<T> page(List<T> all, String token, Integer size) {
    if (size != null && (size < 1 || size > MAX_PER_PAGE)) {
      throw EcsErrors.invalid("maxResults is 1 to 100, found " + size);
    }
    return Page.of(
        all,
        token,
        size == null ? MAX_PER_PAGE : size,
        () -> EcsErrors.invalid("Invalid token " + token));
  }

  @Override
  public String serviceName() {
    return "ecs";
  }

  @Override
  public void close() {
    clusters.close();
  }
}
