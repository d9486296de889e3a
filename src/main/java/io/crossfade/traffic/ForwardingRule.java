package io.crossfade.traffic;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** A rule of a load balancer and where it forwards to; no group if it does not forward. */
public record ForwardingRule(String arn, boolean isDefault, List<WeightedGroup> groups) {
  public ForwardingRule {
    requireNonNull(arn);
    groups = List.copyOf(groups);
  }

  /** Whether it gives a group requests now. */
  public boolean serves(String targetGroupArn) {
    return groups.stream()
        .anyMatch(group -> group.targetGroupArn().equals(targetGroupArn) && group.weight() > 0);
  }

  /** Its ARN's tail, such as {@code listener-rule/app/site/1a/2b/3c (default)}. */
  public String name() {
    return arn.substring(arn.indexOf(":listener-rule/") + 1) + (isDefault ? " (default)" : "");
  }
}
