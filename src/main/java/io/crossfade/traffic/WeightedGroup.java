package io.crossfade.traffic;

/**
 * One target group of a forward action and its weight, 0 to 999 (ELBv2 API reference,
 * TargetGroupTuple).
 */
public record WeightedGroup(String targetGroupArn, int weight) {
  public static final int MAX_WEIGHT = 999;

  public WeightedGroup {
    if (targetGroupArn == null || weight < 0 || weight > MAX_WEIGHT) {
      throw new IllegalArgumentException("a group needs an ARN and a weight from 0 to 999");
    }
  }
}
