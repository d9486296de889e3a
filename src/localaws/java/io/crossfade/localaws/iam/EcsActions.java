package io.crossfade.localaws.iam;

import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.wire.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** Of Amazon ECS. Describing and deregistering task definitions knows no resources. */
final class EcsActions {
  private EcsActions() {}

  static List<AccessRequest> of(Call call) {
    Object request = call.request();
    if (request instanceof RegisterTaskDefinitionRequest register) {
      return register(register);
    }
    if (request instanceof UpdateServiceRequest update) {
      return List.of(onService(call, update.cluster(), update.service()));
    }
    if (request instanceof CreateServiceRequest create) {
      return List.of(onService(call, create.cluster(), create.serviceName()));
    }
    if (request instanceof DescribeServicesRequest describe) {
      return describe.services().stream()
          .map(service -> onService(call, describe.cluster(), service))
          .toList();
    }
    if (request instanceof DescribeClustersRequest describe) {
      List<String> clusters =
          describe.clusters().isEmpty() ? List.of("default") : describe.clusters();
      return clusters.stream().map(c -> AccessRequest.of(call.name(), cluster(c))).toList();
    }
    if (request instanceof DescribeTasksRequest describe) {
      return describe.tasks().stream()
          .map(task -> inCluster(call, describe.cluster(), task(describe.cluster(), task)))
          .toList();
    }
    if (request instanceof StopTaskRequest stop) {
      return List.of(inCluster(call, stop.cluster(), task(stop.cluster(), stop.task())));
    }
    return List.of(withoutResource(call));
  }

  private static AccessRequest withoutResource(Call call) {
    if (call.request() instanceof ListServicesRequest list) {
      return inCluster(call, list.cluster(), "*");
    }
    if (call.request() instanceof ListTasksRequest list) {
      return inCluster(call, list.cluster(), "*");
    }
    return switch (call.operation()) {
      case "DescribeTaskDefinition",
          "DeregisterTaskDefinition",
          "ListTaskDefinitions",
          "CreateCluster" ->
          AccessRequest.of(call.name(), "*");
      default -> throw CallActions.unknown(call);
    };
  }

  private static AccessRequest onService(Call call, String cluster, String service) {
    String name = Arns.lastPart(cluster == null ? "default" : cluster);
    String arn = Arns.of("ecs", "service/%s/%s".formatted(name, Arns.lastPart(service)));
    return inCluster(call, cluster, arn);
  }

  private static AccessRequest inCluster(Call call, String cluster, String resource) {
    return new AccessRequest(call.name(), resource, Map.of("ecs:cluster", cluster(cluster)));
  }

  private static String cluster(String nameOrArn) {
    return Arns.of("ecs", "cluster/" + Arns.lastPart(nameOrArn == null ? "default" : nameOrArn));
  }

  private static String task(String cluster, String task) {
    String name = Arns.lastPart(cluster == null ? "default" : cluster);
    return Arns.of("ecs", "task/%s/%s".formatted(name, Arns.lastPart(task)));
  }

  /** Handing roles to tasks, and tags on what is created, are permissions of their own. */
  private static List<AccessRequest> register(RegisterTaskDefinitionRequest request) {
    String definition = Arns.of("ecs", "task-definition/" + request.family() + ":*");
    List<AccessRequest> needed = new ArrayList<>();
    needed.add(AccessRequest.of("ecs:RegisterTaskDefinition", definition));
    Stream.of(request.taskRoleArn(), request.executionRoleArn())
        .filter(role -> role != null && !role.isEmpty())
        .distinct()
        .map(EcsActions::passRole)
        .forEach(needed::add);
    if (!request.tags().isEmpty()) {
      needed.add(
          new AccessRequest(
              "ecs:TagResource", definition, Map.of("ecs:CreateAction", "RegisterTaskDefinition")));
    }
    return needed;
  }

  private static AccessRequest passRole(String nameOrArn) {
    String arn =
        nameOrArn.startsWith("arn:")
            ? nameOrArn
            : "arn:aws:iam::%s:role/%s".formatted(Arns.ACCOUNT, nameOrArn);
    return new AccessRequest(
        "iam:PassRole", arn, Map.of("iam:PassedToService", "ecs-tasks.amazonaws.com"));
  }
}
