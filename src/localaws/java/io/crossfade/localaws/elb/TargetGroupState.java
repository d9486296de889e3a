package io.crossfade.localaws.elb;

import io.crossfade.localaws.ScaledClock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** A target group with its targets and its counters. */
final class TargetGroupState {
  private final TargetGroup settings;
  private final MetricCounters counters;
  private final List<TargetState> targets = new CopyOnWriteArrayList<>();
  private final Map<String, String> attributes = new ConcurrentSkipListMap<>();
  private final AtomicInteger turn = new AtomicInteger();
  private volatile String loadBalancerArn;

  TargetGroupState(TargetGroup settings, ScaledClock clock) {
    this.settings = settings;
    this.counters = new MetricCounters(clock);
    attributes.putAll(
        Map.of(
            "deregistration_delay.timeout_seconds", "300",
            "stickiness.enabled", "false",
            "stickiness.type", "lb_cookie",
            "stickiness.lb_cookie.duration_seconds", "86400",
            "slow_start.duration_seconds", "0",
            "load_balancing.algorithm.type", "round_robin"));
  }

  String arn() {
    return settings.targetGroupArn();
  }

  TargetGroup settings() {
    return settings;
  }

  MetricCounters counters() {
    return counters;
  }

  List<TargetState> targets() {
    return targets;
  }

  Map<String, String> attributes() {
    return new TreeMap<>(attributes);
  }

  void setAttribute(String key, String value) {
    attributes.put(key, value);
  }

  boolean sticky() {
    return Boolean.parseBoolean(attributes.get("stickiness.enabled"));
  }

  long deregistrationDelaySeconds() {
    return Long.parseLong(attributes.get("deregistration_delay.timeout_seconds"));
  }

  /** The load balancer that has a rule to this group; null if the group is in no rule. */
  String loadBalancerArn() {
    return loadBalancerArn;
  }

  boolean inUse() {
    return loadBalancerArn != null;
  }

  /** A group that comes into use or goes out of use loses the health of its targets. */
  void setLoadBalancer(String arn) {
    boolean changes = (arn == null) != (loadBalancerArn == null);
    loadBalancerArn = arn;
    if (changes) {
      targets.stream().filter(target -> !target.draining()).forEach(TargetState::reset);
    }
  }

  /** The target for the next request: healthy ones in turn; with none healthy, all in turn. */
  TargetState next() {
    List<TargetState> registered = targets.stream().filter(target -> !target.draining()).toList();
    if (registered.isEmpty()) {
      return null;
    }
    List<TargetState> healthy = registered.stream().filter(TargetState::healthy).toList();
    List<TargetState> chosen = healthy.isEmpty() ? registered : healthy;
    return chosen.get(Math.floorMod(turn.getAndIncrement(), chosen.size()));
  }

  long healthyCount() {
    return targets.stream().filter(target -> !target.draining() && target.healthy()).count();
  }

  long unhealthyCount() {
    return targets.stream().filter(target -> !target.draining() && !target.healthy()).count();
  }
}
