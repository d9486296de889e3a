package io.crossfade.traffic;

import java.util.List;

/** The rules beside the one of a release. */
public interface LoadBalancerRules {
  /**
   * Every rule that can forward to one of the groups, default rules included: a target group
   * belongs to one load balancer at most (ELB quotas), and its rules are all that lead to it.
   */
  List<ForwardingRule> around(List<String> targetGroupArns);
}
