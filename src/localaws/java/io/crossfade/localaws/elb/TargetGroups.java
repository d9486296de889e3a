package io.crossfade.localaws.elb;

import static software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum.TARGET_NOT_REGISTERED;
import static software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum.UNUSED;

import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.sdk.SdkMembers;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

/** The target groups with their attributes and targets. */
final class TargetGroups {
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "deregistration_delay.timeout_seconds",
          "stickiness.enabled",
          "stickiness.type",
          "stickiness.lb_cookie.duration_seconds",
          "slow_start.duration_seconds",
          "load_balancing.algorithm.type");

  private final ScaledClock clock;
  private final Map<String, TargetGroupState> groups = new ConcurrentHashMap<>();

  TargetGroups(ScaledClock clock) {
    this.clock = clock;
  }

  Collection<TargetGroupState> all() {
    return groups.values();
  }

  /** Null if there is none. */
  TargetGroupState lookup(String arn) {
    return groups.get(arn);
  }

  TargetGroupState find(String arn) {
    TargetGroupState found = arn == null ? null : lookup(arn);
    if (found == null) {
      throw ElbErrors.of("TargetGroupNotFound", "One or more target groups not found: " + arn);
    }
    return found;
  }

  /** Creating the same group again is answered with the one that exists. */
  synchronized TargetGroupState create(CreateTargetGroupRequest request) {
    if (request.targetType() != TargetTypeEnum.IP) {
      throw new UnsupportedOperationException(
          "not emulated: target type " + request.targetTypeAsString());
    }
    TargetGroup settings = settings(request);
    TargetGroupState same = byName(settings.targetGroupName());
    if (same == null) {
      TargetGroupState created = new TargetGroupState(settings, clock);
      groups.put(created.arn(), created);
      return created;
    }
    if (!same.settings().equals(settings.toBuilder().targetGroupArn(same.arn()).build())) {
      throw ElbErrors.of(
          "DuplicateTargetGroupName",
          "A target group with the name '%s' exists, with other settings"
              .formatted(settings.targetGroupName()));
    }
    return same;
  }

  private static TargetGroup settings(CreateTargetGroupRequest request) {
    TargetGroup.Builder defaults =
        TargetGroup.builder()
            .protocol(ProtocolEnum.HTTP)
            .protocolVersion("HTTP1")
            .healthCheckProtocol(ProtocolEnum.HTTP)
            .healthCheckPort("traffic-port")
            .healthCheckPath("/")
            .healthCheckEnabled(true)
            .healthCheckIntervalSeconds(30)
            .healthCheckTimeoutSeconds(5)
            .healthyThresholdCount(5)
            .unhealthyThresholdCount(2)
            .ipAddressType("ipv4")
            .matcher(m -> m.httpCode("200"));
    return SdkMembers.copy(request, defaults)
        .targetGroupName(request.name())
        .targetGroupArn(
            Arns.of(
                "elasticloadbalancing",
                "targetgroup/%s/%s".formatted(request.name(), Arns.hex(16))))
        .build();
  }

  private TargetGroupState byName(String name) {
    return groups.values().stream()
        .filter(group -> group.settings().targetGroupName().equals(name))
        .findFirst()
        .orElse(null);
  }

  List<TargetGroup> describe(DescribeTargetGroupsRequest request) {
    return selected(request)
        .map(TargetGroups::described)
        .sorted(java.util.Comparator.comparing(TargetGroup::targetGroupName))
        .toList();
  }

  private Stream<TargetGroupState> selected(DescribeTargetGroupsRequest request) {
    if (!request.targetGroupArns().isEmpty()) {
      return request.targetGroupArns().stream().map(this::find);
    }
    if (!request.names().isEmpty()) {
      return request.names().stream().map(this::named);
    }
    return request.loadBalancerArn() == null
        ? groups.values().stream()
        : groups.values().stream()
            .filter(group -> request.loadBalancerArn().equals(group.loadBalancerArn()));
  }

  private TargetGroupState named(String name) {
    TargetGroupState found = byName(name);
    if (found == null) {
      throw ElbErrors.of("TargetGroupNotFound", "One or more target groups not found: " + name);
    }
    return found;
  }

  static TargetGroup described(TargetGroupState group) {
    List<String> usedBy = group.inUse() ? List.of(group.loadBalancerArn()) : List.of();
    return group.settings().toBuilder().loadBalancerArns(usedBy).build();
  }

  static List<TargetGroupAttribute> attributes(TargetGroupState group) {
    return group.attributes().entrySet().stream()
        .map(e -> TargetGroupAttribute.builder().key(e.getKey()).value(e.getValue()).build())
        .toList();
  }

  List<TargetGroupAttribute> modify(ModifyTargetGroupAttributesRequest request) {
    TargetGroupState group = find(request.targetGroupArn());
    request.attributes().forEach(TargetGroups::checkAttribute);
    request.attributes().forEach(a -> group.setAttribute(a.key(), a.value()));
    return attributes(group);
  }

  private static void checkAttribute(TargetGroupAttribute attribute) {
    if (!ATTRIBUTES.contains(attribute.key())) {
      throw new UnsupportedOperationException(
          "not emulated: target group attribute " + attribute.key());
    }
    if (attribute.key().startsWith("deregistration_delay")
        && !attribute.value().matches("[0-9]{1,3}|[12][0-9]{3}|3[0-5][0-9]{2}|3600")) {
      throw ElbErrors.validation(
          "'%s' must be 0 to 3600, found '%s'".formatted(attribute.key(), attribute.value()));
    }
  }

  synchronized void register(String arn, List<TargetDescription> targets) {
    TargetGroupState group = find(arn);
    for (TargetDescription given : targets) {
      TargetDescription target = withPort(given, group);
      group.targets().stream()
          .filter(known -> known.is(target))
          .findFirst()
          .ifPresentOrElse(
              TargetGroups::registerAgain, () -> group.targets().add(new TargetState(target)));
    }
  }

  private static void registerAgain(TargetState known) {
    if (known.draining()) {
      known.reset();
    }
  }

  /** A group that is in no rule has nothing to drain: its targets go at once. */
  synchronized void deregister(String arn, List<TargetDescription> targets) {
    TargetGroupState group = find(arn);
    long delay = group.inUse() ? group.deregistrationDelaySeconds() : 0;
    for (TargetDescription given : targets) {
      TargetDescription target = withPort(given, group);
      group.targets().stream()
          .filter(known -> known.is(target))
          .forEach(known -> known.drain(clock.now().plusSeconds(delay)));
    }
    forgetDrained(group);
  }

  synchronized void forgetDrained(TargetGroupState group) {
    group.targets().removeIf(target -> target.drained(clock.now()));
  }

  private static TargetDescription withPort(TargetDescription target, TargetGroupState group) {
    return target.port() == null
        ? target.toBuilder().port(group.settings().port()).build()
        : target;
  }

  List<TargetHealthDescription> health(DescribeTargetHealthRequest request) {
    TargetGroupState group = find(request.targetGroupArn());
    forgetDrained(group);
    if (request.targets().isEmpty()) {
      return group.targets().stream().map(target -> health(group, target)).toList();
    }
    return request.targets().stream().map(asked -> health(group, withPort(asked, group))).toList();
  }

  private static TargetHealthDescription health(TargetGroupState group, TargetDescription asked) {
    return group.targets().stream()
        .filter(target -> target.is(asked))
        .findFirst()
        .map(target -> health(group, target))
        .orElseGet(() -> notRegistered(asked));
  }

  private static TargetHealthDescription health(TargetGroupState group, TargetState target) {
    return TargetHealthDescription.builder()
        .target(target.address())
        .healthCheckPort(String.valueOf(target.port()))
        .targetHealth(target.health(group.inUse()))
        .build();
  }

  private static TargetHealthDescription notRegistered(TargetDescription asked) {
    return TargetHealthDescription.builder()
        .target(asked)
        .targetHealth(
            health ->
                health
                    .state(UNUSED)
                    .reason(TARGET_NOT_REGISTERED)
                    .description("Target is not registered to the target group"))
        .build();
  }
}
