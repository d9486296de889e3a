package io.crossfade.localaws.ecs;

import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.sdk.SdkMembers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.*;

/** Creating, changing and describing services. Called under the lock of {@link Clusters}. */
final class Services {
  private static final int MAX_DESCRIBED = 10;
  private static final int MAX_TARGET_GROUPS = 5;
  private static final Set<String> CHANGEABLE =
      Set.of(
          "cluster",
          "service",
          "desiredCount",
          "taskDefinition",
          "deploymentConfiguration",
          "forceNewDeployment",
          "healthCheckGracePeriodSeconds");
  private static final DeploymentConfiguration DEFAULTS =
      DeploymentConfiguration.builder()
          .maximumPercent(200)
          .minimumHealthyPercent(100)
          .strategy(DeploymentStrategy.ROLLING)
          .deploymentCircuitBreaker(b -> b.enable(false).rollback(false))
          .build();

  private final ScaledClock clock;
  private final Clusters clusters;
  private final TaskDefinitions definitions;

  Services(ScaledClock clock, Clusters clusters, TaskDefinitions definitions) {
    this.clock = clock;
    this.clusters = clusters;
    this.definitions = definitions;
  }

  ServiceState create(CreateServiceRequest request) {
    String cluster = clusters.cluster(request.cluster());
    if (request.serviceName() == null || request.serviceName().isBlank()) {
      throw EcsErrors.invalid("Service name can not be blank.");
    }
    if (clusters.find(cluster, request.serviceName()).isPresent()) {
      throw EcsErrors.invalid("Creation of service was not idempotent.");
    }
    TaskDefinition definition = definitions.active(request.taskDefinition());
    checkLoadBalancers(request, definition);
    TaskDefinitions.checkTags(request.tags());
    ServiceState created = new ServiceState(cluster, settings(request, cluster), request.tags());
    created.deployments.addFirst(new DeploymentState(definition, clock.now()));
    clusters.add(created);
    return created;
  }

  private void checkLoadBalancers(CreateServiceRequest request, TaskDefinition definition) {
    if (request.loadBalancers().size() > MAX_TARGET_GROUPS) {
      throw EcsErrors.invalid("load balancers can have at most 5 items.");
    }
    for (LoadBalancer lb : request.loadBalancers()) {
      boolean known =
          definition.containerDefinitions().stream()
              .anyMatch(container -> container.name().equals(lb.containerName()));
      if (!known) {
        throw EcsErrors.invalid(
            "The container %s does not exist in the task definition."
                .formatted(lb.containerName()));
      }
      if (!clusters.targets().hasLoadBalancer(lb.targetGroupArn())) {
        throw EcsErrors.invalid(
            "The target group with targetGroupArn %s does not have an associated load balancer."
                .formatted(lb.targetGroupArn()));
      }
    }
  }

  private Service settings(CreateServiceRequest request, String cluster) {
    int desired = request.desiredCount() == null ? 1 : request.desiredCount();
    checkDesired(desired);
    return SdkMembers.copy(request, Service.builder())
        .serviceArn(Arns.of("ecs", "service/%s/%s".formatted(cluster, request.serviceName())))
        .clusterArn(Arns.of("ecs", "cluster/" + cluster))
        .status("ACTIVE")
        .desiredCount(desired)
        .launchType(request.launchType() == null ? LaunchType.FARGATE : request.launchType())
        .schedulingStrategy(
            request.schedulingStrategy() == null
                ? SchedulingStrategy.REPLICA
                : request.schedulingStrategy())
        .deploymentController(
            request.deploymentController() == null
                ? DeploymentController.builder().type(DeploymentControllerType.ECS).build()
                : request.deploymentController())
        .deploymentConfiguration(merged(request.deploymentConfiguration(), DEFAULTS))
        .healthCheckGracePeriodSeconds(
            request.healthCheckGracePeriodSeconds() == null
                ? 0
                : request.healthCheckGracePeriodSeconds())
        .createdAt(clock.now())
        .build();
  }

  private static DeploymentConfiguration merged(
      DeploymentConfiguration given, DeploymentConfiguration before) {
    return given == null ? before : SdkMembers.copy(given, before.toBuilder()).build();
  }

  private static void checkDesired(Integer desired) {
    if (desired != null && desired < 0) {
      throw EcsErrors.invalid("Desired count must be 0 or greater, found " + desired);
    }
  }

  /**
   * @param arn in its long form, as in the API reference of TagResource
   */
  void tag(String arn, List<Tag> more) {
    String[] parts = arn.substring(arn.lastIndexOf(':') + 1).split("/");
    if (!parts[0].equals("service")) {
      throw new UnsupportedOperationException("not emulated: ecs:TagResource of a " + parts[0]);
    }
    if (parts.length != 3) {
      throw EcsErrors.invalid("Long arn format must be used for tagging operations");
    }
    ServiceState service = clusters.service(parts[1], parts[2]);
    Map<String, Tag> all = new LinkedHashMap<>();
    service.tags.forEach(tag -> all.put(tag.key(), tag));
    more.forEach(tag -> all.put(tag.key(), tag));
    TaskDefinitions.checkTags(List.copyOf(all.values()));
    service.tags = List.copyOf(all.values());
  }

  ServiceState update(UpdateServiceRequest request) {
    ServiceState service = clusters.service(request.cluster(), request.service());
    checkEmulated(request);
    checkDesired(request.desiredCount());
    if (request.desiredCount() != null
        && service.settings.schedulingStrategy() == SchedulingStrategy.DAEMON) {
      throw EcsErrors.invalid("The daemon scheduling strategy does not support a desired count.");
    }
    Optional<TaskDefinition> rollOut = rollOut(service, request);
    service.settings = changed(service.settings, request);
    rollOut.ifPresent(definition -> deploy(service, definition));
    return service;
  }

  private static void checkEmulated(UpdateServiceRequest request) {
    for (String member : SdkMembers.given(request)) {
      if (!CHANGEABLE.contains(member)) {
        throw new UnsupportedOperationException("not emulated: ecs:UpdateService with " + member);
      }
    }
  }

  private static Service changed(Service before, UpdateServiceRequest request) {
    Service.Builder after = before.toBuilder();
    if (request.desiredCount() != null) {
      after.desiredCount(request.desiredCount());
    }
    if (request.healthCheckGracePeriodSeconds() != null) {
      after.healthCheckGracePeriodSeconds(request.healthCheckGracePeriodSeconds());
    }
    return after
        .deploymentConfiguration(
            merged(request.deploymentConfiguration(), before.deploymentConfiguration()))
        .build();
  }

  /** Another task definition, or force, makes a deployment; a count or a setting does not. */
  private Optional<TaskDefinition> rollOut(ServiceState service, UpdateServiceRequest request) {
    TaskDefinition current = service.primary().definition;
    TaskDefinition wanted =
        request.taskDefinition() == null ? current : definitions.active(request.taskDefinition());
    boolean same = wanted.taskDefinitionArn().equals(current.taskDefinitionArn());
    if (same && !Boolean.TRUE.equals(request.forceNewDeployment())) {
      return Optional.empty();
    }
    checkCanDeploy(service);
    return Optional.of(wanted);
  }

  private static void checkCanDeploy(ServiceState service) {
    DeploymentControllerType controller = service.settings.deploymentController().type();
    if (controller != DeploymentControllerType.ECS) {
      throw EcsErrors.invalid(
          "Unable to update task definition on services with a %s deployment controller."
              .formatted(controller));
    }
    if (service.configuration().strategy() != DeploymentStrategy.ROLLING) {
      throw new UnsupportedOperationException(
          "not emulated: deployment strategy " + service.configuration().strategy());
    }
  }

  private void deploy(ServiceState service, TaskDefinition definition) {
    service.deployments.addFirst(new DeploymentState(definition, clock.now()));
    service.steady = false;
  }

  DescribeServicesResponse describe(DescribeServicesRequest request) {
    String cluster = clusters.cluster(request.cluster());
    if (request.services().isEmpty() || request.services().size() > MAX_DESCRIBED) {
      throw EcsErrors.invalid(
          "Services must have 1 to 10 items, found " + request.services().size());
    }
    boolean withTags = request.include().contains(ServiceField.TAGS);
    List<Service> found = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String name : request.services()) {
      clusters
          .find(cluster, name)
          .ifPresentOrElse(
              service -> found.add(service.describe(withTags)),
              () -> failures.add(missing(cluster, name)));
    }
    return DescribeServicesResponse.builder().services(found).failures(failures).build();
  }

  private static Failure missing(String cluster, String name) {
    String arn = Arns.of("ecs", "service/%s/%s".formatted(cluster, Arns.lastPart(name)));
    return Failure.builder().arn(arn).reason("MISSING").build();
  }
}
