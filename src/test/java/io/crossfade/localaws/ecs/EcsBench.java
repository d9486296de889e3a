package io.crossfade.localaws.ecs;

import io.crossfade.localaws.Account;
import io.crossfade.localaws.elb.HttpTarget;
import io.crossfade.localaws.elb.LoadBalancedSite;
import io.crossfade.localaws.sdk.Await;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.Service;

/** A cluster with images that answer with their own URI, behind the load balancer of a site. */
public final class EcsBench implements AutoCloseable {
  public static final String CLUSTER = "shop";

  public final LoadBalancedSite site;
  final ContainerRegistry registry = new ContainerRegistry();
  public final LocalEcs ecs;

  /** Every container that was started, by task ARN. */
  final Map<String, HttpTarget> started = new ConcurrentHashMap<>();

  public EcsBench(double speed) {
    site = new LoadBalancedSite(speed);
    ecs = new LocalEcs(site.clock, site.elb, registry);
    ecs.createCluster(r -> r.clusterName(CLUSTER));
    image("api:1");
    image("api:2");
  }

  void image(String uri) {
    image(uri, target -> {});
  }

  void image(String uri, Consumer<HttpTarget> set) {
    registry.register(
        uri,
        start -> {
          HttpTarget target = new HttpTarget(start.imageUri());
          set.accept(target);
          started.put(start.taskArn(), target);
          return Account.container(target);
        });
  }

  /** Registers a task definition and returns its ARN. */
  String define(String image) {
    ContainerDefinition container = ContainerDefinition.builder().name("api").image(image).build();
    return ecs.registerTaskDefinition(
            r -> r.family("api").networkMode(NetworkMode.AWSVPC).containerDefinitions(container))
        .taskDefinition()
        .taskDefinitionArn();
  }

  public Service serve(String name, String image, int desired, String targetGroup) {
    return create(name, image, desired, r -> r.loadBalancers(behind(targetGroup)));
  }

  Service create(
      String name, String image, int desired, Consumer<CreateServiceRequest.Builder> more) {
    String definition = define(image);
    return ecs.createService(
            r -> {
              r.cluster(CLUSTER).serviceName(name).taskDefinition(definition);
              r.desiredCount(desired);
              more.accept(r);
            })
        .service();
  }

  static LoadBalancer behind(String targetGroup) {
    return LoadBalancer.builder()
        .targetGroupArn(targetGroup)
        .containerName("api")
        .containerPort(8080)
        .build();
  }

  public Service describe(String name) {
    return ecs.describeServices(r -> r.cluster(CLUSTER).services(name)).services().get(0);
  }

  List<RunningTask> running(String name) {
    return ecs.runningTasks(CLUSTER, name);
  }

  void awaitCompleted(String name) {
    Await.until(
        name + " is completed",
        () -> {
          Service service = describe(name);
          return service.deployments().size() == 1
              && service.deployments().get(0).rolloutState() == DeploymentRolloutState.COMPLETED
              && service.runningCount().equals(service.desiredCount());
        });
  }

  @Override
  public void close() {
    ecs.close();
    site.close();
  }
}
