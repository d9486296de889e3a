package io.crossfade.fleet;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.AwsCalls;
import io.crossfade.aws.ReadBack;
import io.crossfade.fleet.Service.Endpoint;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.ServiceState;
import io.crossfade.release.TransientFailure;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.Failure;

/** Services by the ECS API. */
@Adapter
public class EcsServices implements Services {
  private final EcsClient ecs;

  public EcsServices(EcsClient ecs) {
    this.ecs = ecs;
  }

  /** A service that is missing comes back in {@code failures[]} and not as an error. */
  @Override
  public Map<String, Service> find(String cluster, List<String> names) {
    DescribeServicesResponse answer =
        AwsCalls.call(() -> ecs.describeServices(r -> r.cluster(cluster).services(names)));
    for (Failure failure : answer.failures()) {
      if (!"MISSING".equals(failure.reason())) {
        throw new TransientFailure(
            "ECS could not describe %s: %s".formatted(failure.arn(), failure.reason()));
      }
    }
    Map<String, Service> found = new TreeMap<>();
    answer.services().forEach(service -> found.put(service.serviceName(), seen(service)));
    return found;
  }

  private static Service seen(software.amazon.awssdk.services.ecs.model.Service service) {
    Deployment primary =
        service.deployments().stream()
            .filter(deployment -> "PRIMARY".equals(deployment.status()))
            .findFirst()
            .orElse(Deployment.builder().build());
    var controller = service.deploymentController();
    var configuration = service.deploymentConfiguration();
    return new Service(
        service.serviceName(),
        service.status(),
        controller == null ? "ECS" : controller.typeAsString(),
        configuration == null || configuration.strategy() == null
            ? "ROLLING"
            : configuration.strategyAsString(),
        service.schedulingStrategy() == null ? "REPLICA" : service.schedulingStrategyAsString(),
        service.taskDefinition() == null ? "" : service.taskDefinition(),
        service.desiredCount(),
        service.runningCount(),
        service.pendingCount(),
        service.deployments().size(),
        primary.rolloutState() == null ? "" : primary.rolloutStateAsString(),
        primary.rolloutStateReason() == null ? "" : primary.rolloutStateReason(),
        primary.failedTasks() == null ? 0 : primary.failedTasks(),
        service.loadBalancers().stream()
            .filter(balancer -> balancer.targetGroupArn() != null)
            .map(balancer -> new Endpoint(balancer.targetGroupArn(), balancer.containerName()))
            .toList());
  }

  @Override
  public void update(String cluster, ServiceState shown, ServiceState wanted) {
    if (shown.equals(wanted)) {
      return;
    }
    String name = wanted.service();
    boolean otherRevision = !shown.taskDefinition().equals(wanted.taskDefinition());
    AwsCalls.run(
        () ->
            ecs.updateService(
                r ->
                    r.cluster(cluster)
                        .service(name)
                        .desiredCount(wanted.desiredCount())
                        .taskDefinition(otherRevision ? wanted.taskDefinition() : null)));
    ReadBack.until(
        () -> get(cluster, List.of(name)).get(name).state().equals(wanted), wanted.service());
  }

  @Override
  public Map<String, Service> get(String cluster, List<String> names) {
    Map<String, Service> found = find(cluster, names);
    for (String name : names) {
      if (!found.containsKey(name)) {
        throw new PermanentFailure("cluster %s has no service %s".formatted(cluster, name));
      }
    }
    return found;
  }
}
