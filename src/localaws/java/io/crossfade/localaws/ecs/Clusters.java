package io.crossfade.localaws.ecs;

import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.elb.LocalElb;
import io.crossfade.localaws.sdk.Arns;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * All clusters with their services and tasks. Runs the service scheduler at an interval. The
 * monitor of this object guards everything in it.
 */
final class Clusters implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Clusters.class.getName());
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(15);

  private final Map<String, Map<String, ServiceState>> clusters = new LinkedHashMap<>();
  private final TaskRunner runner;
  private final TaskLifecycle lifecycle;
  private final TargetRegistration targets;
  private final ServiceScheduler scheduler;
  private final ScheduledFuture<?> ticking;

  Clusters(ScaledClock clock, LocalElb elb, ContainerRegistry registry, Duration startTime) {
    this.runner = new TaskRunner(clock, registry);
    this.targets = new TargetRegistration(elb);
    this.lifecycle = new TaskLifecycle(clock, runner, targets, startTime, this);
    this.scheduler = new ServiceScheduler(clock, lifecycle);
    this.ticking = clock.every(interval(clock), this::tick);
  }

  private static Duration interval(ScaledClock clock) {
    Duration shortest = Duration.ofNanos((long) (SHORTEST_INTERVAL.toNanos() * clock.speed()));
    return shortest.compareTo(INTERVAL) > 0 ? shortest : INTERVAL;
  }

  private synchronized void tick() {
    services().forEach(this::tick);
  }

  /** An exception would stop the scheduler for good. */
  private void tick(ServiceState service) {
    try {
      scheduler.tick(service);
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "cannot schedule service " + service.name, e);
    }
  }

  TaskLifecycle lifecycle() {
    return lifecycle;
  }

  TargetRegistration targets() {
    return targets;
  }

  void create(String clusterName) {
    clusters.putIfAbsent(clusterName, new LinkedHashMap<>());
  }

  List<String> names() {
    return List.copyOf(clusters.keySet());
  }

  boolean exists(String clusterName) {
    return clusters.containsKey(clusterName);
  }

  /**
   * @param cluster a name or an ARN; null means the cluster "default"
   */
  String cluster(String cluster) {
    String name = cluster == null ? "default" : Arns.lastPart(cluster);
    if (!exists(name)) {
      throw EcsErrors.of("ClusterNotFoundException", "Cluster not found.");
    }
    return name;
  }

  Stream<ServiceState> services() {
    return clusters.values().stream().flatMap(services -> services.values().stream());
  }

  Stream<ServiceState> services(String cluster) {
    return clusters.get(cluster(cluster)).values().stream();
  }

  Optional<ServiceState> find(String cluster, String service) {
    return Optional.ofNullable(clusters.get(cluster(cluster)).get(Arns.lastPart(service)));
  }

  ServiceState service(String cluster, String service) {
    return find(cluster, service == null ? "" : service)
        .orElseThrow(() -> EcsErrors.of("ServiceNotFoundException", "Service not found."));
  }

  void add(ServiceState service) {
    clusters.get(service.clusterName).put(service.name, service);
  }

  Stream<TaskState> tasks(String cluster) {
    return services(cluster).flatMap(service -> service.tasks.stream());
  }

  List<RunningTask> running(String cluster, String service) {
    return service(cluster, service).tasks.stream()
        .filter(task -> task.status == TaskStatus.RUNNING)
        .map(TaskState::running)
        .toList();
  }

  @Override
  public void close() {
    ticking.cancel(false);
    List<RunningContainer> left;
    synchronized (this) {
      left =
          services()
              .flatMap(service -> service.tasks.stream())
              .flatMap(task -> task.containers.values().stream())
              .toList();
    }
    runner.close();
    left.forEach(RunningContainer::close);
  }
}
