package io.crossfade.plan;

import java.util.LinkedHashMap;
import java.util.Map;

/** Tells a rule's ARN from the ARNs that are taken for one. */
final class RuleArn {
  private static final Map<String, String> OTHERS = new LinkedHashMap<>();

  static {
    OTHERS.put(":listener-rule/net/", "a rule of a Network Load Balancer");
    OTHERS.put(":listener-rule/gwy/", "a rule of a Gateway Load Balancer");
    OTHERS.put(":listener/app/", "a listener");
    OTHERS.put(":listener/net/", "a listener of a Network Load Balancer");
    OTHERS.put(":listener/gwy/", "a listener of a Gateway Load Balancer");
    OTHERS.put(":loadbalancer/app/", "a load balancer");
    OTHERS.put(":loadbalancer/net/", "a Network Load Balancer");
    OTHERS.put(":loadbalancer/gwy/", "a Gateway Load Balancer");
    OTHERS.put(":loadbalancer/", "a Classic Load Balancer");
    OTHERS.put(":targetgroup/", "a target group");
  }

  private RuleArn() {}

  /** What it is the ARN of, with the text itself. */
  static String describe(String arn) {
    String found = FoundValue.describe(arn);
    return OTHERS.entrySet().stream()
        .filter(other -> arn.startsWith("arn:") && arn.contains(other.getKey()))
        .findFirst()
        .map(other -> "the ARN of %s, %s".formatted(other.getValue(), found))
        .orElse(found);
  }
}
