package io.crossfade.localaws.scaling;

import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.ecs.LocalEcs;
import io.crossfade.localaws.elb.LocalElb;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.services.applicationautoscaling.model.PolicyType;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingActivity;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.applicationautoscaling.model.TargetTrackingScalingPolicyConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * Carries out scaling policies and scheduled actions, in world time. The highest count of several
 * policies wins, and all must have data before one of them scales in. A service without tasks has
 * no data. Nothing scales in while ECS deploys. A shift of traffic to another service is no
 * deployment.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html">
 *     How target tracking scaling works</a>
 */
public final class Autoscaler implements AutoCloseable {
  /** The interval of its rounds, in world time. */
  public static final Duration PERIOD = Duration.ofSeconds(60);

  private static final Logger LOG = Logger.getLogger(Autoscaler.class.getName());
  private static final int DEFAULT_COOLDOWN = 300;

  private final ScaledClock clock;
  private final LocalEcs ecs;
  private final LocalScaling scaling;
  private final ServiceMetrics metrics;
  private final Set<String> scaledInEveryRound = ConcurrentHashMap.newKeySet();
  private final Map<String, Instant> scaledOut = new HashMap<>();
  private final Map<String, Instant> scaledIn = new HashMap<>();
  private final ScheduledFuture<?> rounds;

  public Autoscaler(ScaledClock clock, LocalEcs ecs, LocalElb elb, LocalScaling scaling) {
    this(clock, ecs, elb, scaling, PERIOD);
  }

  /**
   * @param period in world time
   */
  public Autoscaler(
      ScaledClock clock, LocalEcs ecs, LocalElb elb, LocalScaling scaling, Duration period) {
    this.clock = clock;
    this.ecs = ecs;
    this.scaling = scaling;
    this.metrics = new ServiceMetrics(clock, elb);
    this.rounds = clock.every(period, this::runRoundSafely);
  }

  /**
   * Sets what ECSServiceAverageCPUUtilization is from now on.
   *
   * @param resourceId such as {@code service/site/backend-blue}
   */
  public void cpu(String resourceId, double percent) {
    metrics.cpu(resourceId, percent);
  }

  /** From now on scales the service in to its minimum in every round. */
  public void scaleInEveryRound(String resourceId) {
    scaledInEveryRound.add(resourceId);
  }

  public void stopScalingInEveryRound(String resourceId) {
    scaledInEveryRound.remove(resourceId);
  }

  /** Every scaling activity, newest first, also those of a new minimum or maximum. */
  public List<ScalingActivity> activities() {
    return scaling.activities().all();
  }

  /** An exception would end all rounds for good. */
  private void runRoundSafely() {
    try {
      round();
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "a round of scaling failed", e);
    }
  }

  /** One round, as it comes by itself every period. */
  public synchronized void round() {
    scaling.runScheduledActions();
    scaling.targets().forEach(this::scale);
  }

  private void scale(ScalableTarget target) {
    ScalableService resource =
        ScalableService.of(
            target.serviceNamespace(), target.resourceId(), target.scalableDimension());
    Service service = describe(resource);
    if (service == null) {
      return;
    }
    if (scaledInEveryRound.contains(resource.id())) {
      scaleIn(target, resource, service, target.minCapacity(), 0, "it fights");
      return;
    }
    List<WantedCount> wantedCounts = wantedCounts(target, service);
    wantedCounts.stream()
        .filter(wanted -> wanted.count().isPresent())
        .max((one, other) -> Integer.compare(one.desired(), other.desired()))
        .ifPresent(
            wanted ->
                follow(
                    target,
                    resource,
                    service,
                    wanted,
                    wantedCounts.stream().allMatch(WantedCount::known)));
  }

  private Service describe(ScalableService resource) {
    return ecs
        .describeServices(r -> r.cluster(resource.cluster()).services(resource.service()))
        .services()
        .stream()
        .findFirst()
        .orElse(null);
  }

  /** The count that one policy asks for; empty if its metric has no data. */
  private record WantedCount(ScalingPolicy policy, OptionalDouble count) {
    boolean known() {
      return count.isPresent();
    }

    int desired() {
      return (int) count.orElseThrow();
    }

    TargetTrackingScalingPolicyConfiguration settings() {
      return policy.targetTrackingScalingPolicyConfiguration();
    }

    String cause(String direction) {
      return "monitor alarm TargetTracking-%s-Alarm%s in state ALARM triggered policy %s"
          .formatted(policy.resourceId(), direction, policy.policyName());
    }
  }

  private List<WantedCount> wantedCounts(ScalableTarget target, Service service) {
    List<WantedCount> wantedCounts = new ArrayList<>();
    for (ScalingPolicy policy : scaling.policies(target.resourceId())) {
      if (policy.policyType() == PolicyType.TARGET_TRACKING_SCALING
          && policy.targetTrackingScalingPolicyConfiguration() != null) {
        double goal = policy.targetTrackingScalingPolicyConfiguration().targetValue();
        OptionalDouble metric = metrics.read(policy, service);
        wantedCounts.add(
            new WantedCount(
                policy,
                metric.isEmpty()
                    ? metric
                    : OptionalDouble.of(
                        Math.ceil(service.runningCount() * metric.getAsDouble() / goal))));
      }
    }
    return wantedCounts;
  }

  private void follow(
      ScalableTarget target,
      ScalableService resource,
      Service service,
      WantedCount wanted,
      boolean allKnown) {
    int desired = Math.max(target.minCapacity(), Math.min(target.maxCapacity(), wanted.desired()));
    if (desired > service.desiredCount()) {
      scaleOut(target, resource, desired, wanted);
    } else if (allKnown && !Boolean.TRUE.equals(wanted.settings().disableScaleIn())) {
      int cooldown = seconds(wanted.settings().scaleInCooldown());
      scaleIn(target, resource, service, desired, cooldown, wanted.cause("Low"));
    }
  }

  private void scaleOut(
      ScalableTarget target, ScalableService resource, int desired, WantedCount wanted) {
    if (!target.suspendedState().dynamicScalingOutSuspended()
        && over(scaledOut, resource, seconds(wanted.settings().scaleOutCooldown()))) {
      scaledOut.put(resource.id(), clock.now());
      scaling.move(resource, desired, wanted.cause("High"));
    }
  }

  private void scaleIn(
      ScalableTarget target,
      ScalableService resource,
      Service service,
      int desired,
      int cooldown,
      String cause) {
    if (desired < service.desiredCount()
        && !target.suspendedState().dynamicScalingInSuspended()
        && !deploying(service)
        && over(scaledIn, resource, cooldown)
        && over(scaledOut, resource, cooldown)) {
      scaledIn.put(resource.id(), clock.now());
      scaling.move(resource, desired, cause);
    }
  }

  private static boolean deploying(Service service) {
    return service.deployments().stream()
        .anyMatch(each -> each.rolloutState() == DeploymentRolloutState.IN_PROGRESS);
  }

  private boolean over(Map<String, Instant> last, ScalableService resource, int cooldown) {
    Instant at = last.get(resource.id());
    return at == null || !clock.now().isBefore(at.plusSeconds(cooldown));
  }

  private static int seconds(Integer cooldown) {
    return cooldown == null ? DEFAULT_COOLDOWN : cooldown;
  }

  @Override
  public void close() {
    rounds.cancel(false);
  }
}
