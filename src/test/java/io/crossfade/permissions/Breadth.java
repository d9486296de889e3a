package io.crossfade.permissions;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether a policy allows an action on everything that could be allowed on less. */
final class Breadth {
  /**
   * Actions to which the Service Authorization Reference gives no resource type. That of
   * GetMetricData is for PromQL alone.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html">
   *     Actions, resources, and condition keys for AWS services</a>
   */
  static final Set<String> WITHOUT_RESOURCES =
      Set.of(
          "application-autoscaling:DescribeScalableTargets",
          "cloudwatch:GetMetricData",
          "ecs:DescribeTaskDefinition",
          "elasticloadbalancing:DescribeListeners",
          "elasticloadbalancing:DescribeLoadBalancers",
          "elasticloadbalancing:DescribeRules",
          "elasticloadbalancing:DescribeTargetGroups",
          "elasticloadbalancing:DescribeTargetHealth");

  private Breadth() {}

  /** Sorted; empty if every {@code *} is one that AWS asks for, or argued for. */
  static List<String> findings(Policies policies, Argued argued) {
    Set<String> spoken =
        argued.everyResource().stream()
            .map(Argued.EveryResource::action)
            .collect(Collectors.toSet());
    Set<String> broad = new TreeSet<>();
    List<String> findings = new ArrayList<>();
    for (Permission permission : policies.permissions()) {
      boolean chosen =
          permission.resource().equals("*") && !WITHOUT_RESOURCES.contains(permission.action());
      if (chosen && !spoken.contains(permission.action())) {
        findings.add(permission + " could be allowed on less");
      }
      if (chosen) {
        broad.add(permission.action());
      }
    }
    spoken.stream()
        .filter(action -> !broad.contains(action))
        .forEach(action -> findings.add(action + " is argued for, and nobody has it on *"));
    return findings.stream().sorted().toList();
  }
}
