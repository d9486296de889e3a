package io.crossfade.fleet;

import static java.util.Objects.requireNonNull;

import io.crossfade.release.ServiceState;
import java.util.List;

/**
 * An ECS service as DescribeServices shows it.
 *
 * @param status ACTIVE, DRAINING or INACTIVE
 * @param controller the deployment controller: ECS, CODE_DEPLOY or EXTERNAL
 * @param strategy of ECS's own deployments: ROLLING, BLUE_GREEN, …
 * @param scheduling REPLICA or DAEMON
 * @param deployments how many deployments it has; 1 when it is at rest
 * @param rollout state of the primary deployment: COMPLETED, IN_PROGRESS, FAILED; empty if not told
 * @param rolloutReason ECS's own sentence on it
 * @param failedTasks tasks in a row that did not start or failed their health checks
 * @param endpoints where the load balancer reaches it
 */
public record Service(
    String name,
    String status,
    String controller,
    String strategy,
    String scheduling,
    String taskDefinition,
    int desired,
    int running,
    int pending,
    int deployments,
    String rollout,
    String rolloutReason,
    int failedTasks,
    List<Endpoint> endpoints) {
  /** A target group of the service and the container that answers for it. */
  public record Endpoint(String targetGroupArn, String container) {}

  public Service {
    requireNonNull(name);
    requireNonNull(taskDefinition);
    endpoints = List.copyOf(endpoints);
  }

  /** The container that answers for a target group of this service. */
  public String containerBehind(String targetGroupArn) {
    return endpoints.stream()
        .filter(endpoint -> endpoint.targetGroupArn().equals(targetGroupArn))
        .map(Endpoint::container)
        .findFirst()
        .orElseThrow();
  }

  public ServiceState state() {
    return new ServiceState(name, taskDefinition, desired);
  }

  /** One deployment, complete, and as many tasks as asked for. */
  public boolean settled() {
    return deployments == 1 && rollout.equals("COMPLETED") && running == desired && pending == 0;
  }
}
