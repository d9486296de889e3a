package io.crossfade.localaws.scaling;

import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.cloudwatch.MetricDatapoint;
import io.crossfade.localaws.cloudwatch.MetricSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.applicationautoscaling.model.PredefinedMetricSpecification;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * The figures that target tracking follows: requests from the load balancer's real counters, and
 * CPU as a test sets it. Others have no data.
 */
final class ServiceMetrics {
  private static final int MINUTE = 60;

  private final ScaledClock clock;
  private final MetricSource balancer;
  private final Map<String, Double> cpu = new ConcurrentHashMap<>();

  ServiceMetrics(ScaledClock clock, MetricSource balancer) {
    this.clock = clock;
    this.balancer = balancer;
  }

  void cpu(String resourceId, double percent) {
    cpu.put(resourceId, percent);
  }

  /** Empty for a service without tasks. */
  OptionalDouble read(ScalingPolicy policy, Service service) {
    PredefinedMetricSpecification metric =
        policy.targetTrackingScalingPolicyConfiguration().predefinedMetricSpecification();
    if (metric == null || service.runningCount() == 0) {
      return OptionalDouble.empty();
    }
    return switch (metric.predefinedMetricType()) {
      case ALB_REQUEST_COUNT_PER_TARGET -> requests(metric.resourceLabel(), service);
      case ECS_SERVICE_AVERAGE_CPU_UTILIZATION ->
          cpu.containsKey(policy.resourceId())
              ? OptionalDouble.of(cpu.get(policy.resourceId()))
              : OptionalDouble.empty();
      default -> OptionalDouble.empty();
    };
  }

  /**
   * Of the last minute. A minute without requests has no data, so it does not scale in.
   *
   * @param label {@code app/<load balancer>/<id>/targetgroup/<group>/<id>}
   */
  private OptionalDouble requests(String label, Service service) {
    int split = label.indexOf("/targetgroup/");
    Map<String, String> dimensions =
        Map.of(
            "LoadBalancer", label.substring(0, split), "TargetGroup", label.substring(split + 1));
    Instant now = clock.now();
    List<MetricDatapoint> data =
        balancer.data(
            "AWS/ApplicationELB", "RequestCount", dimensions, now.minusSeconds(MINUTE), now);
    return data.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            data.stream().mapToDouble(MetricDatapoint::sum).sum() / service.runningCount());
  }
}
