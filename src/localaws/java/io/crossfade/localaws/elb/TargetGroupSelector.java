package io.crossfade.localaws.elb;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** The choice of a target group for one request. */
final class TargetGroupSelector {
  private TargetGroupSelector() {}

  /**
   * @param heldTo the group that the visitor's cookie names; it wins over weight, even weight 0
   * @return the ARN of the group, or null if no group has any weight
   */
  static String choose(ForwardActionConfig forward, String heldTo) {
    List<TargetGroupTuple> tuples = forward.targetGroups();
    boolean held =
        heldTo != null && tuples.stream().anyMatch(t -> t.targetGroupArn().equals(heldTo));
    return held ? heldTo : byWeight(tuples);
  }

  private static String byWeight(List<TargetGroupTuple> tuples) {
    if (tuples.size() == 1) {
      return tuples.get(0).targetGroupArn();
    }
    int sum = tuples.stream().mapToInt(TargetGroupTuple::weight).sum();
    int pick = sum == 0 ? 0 : ThreadLocalRandom.current().nextInt(sum);
    for (TargetGroupTuple tuple : tuples) {
      if (pick < tuple.weight()) {
        return tuple.targetGroupArn();
      }
      pick -= tuple.weight();
    }
    return null;
  }
}
