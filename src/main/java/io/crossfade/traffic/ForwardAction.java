package io.crossfade.traffic;

import io.crossfade.release.Side;
import io.crossfade.release.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The forward action of a rule. AWS writes it in two ways, a scalar {@code TargetGroupArn} or a
 * {@code ForwardConfig} with weights, and describes a single group as both.
 *
 * @param action the action as AWS describes it, everything kept
 * @param groups its target groups and weights
 */
public record ForwardAction(Map<String, Object> action, List<WeightedGroup> groups) {
  /** A forward action holds at most five target groups (ELB quotas). */
  public static final int MAX_GROUPS = 5;

  public ForwardAction {
    groups = List.copyOf(groups);
  }

  static ForwardAction of(Map<String, Object> action) {
    Object config = action.get("ForwardConfig");
    if (config instanceof Map<?, ?> map && map.get("TargetGroups") instanceof List<?> tuples) {
      return new ForwardAction(action, tuples.stream().map(ForwardAction::group).toList());
    }
    return new ForwardAction(
        action, List.of(new WeightedGroup((String) action.get("TargetGroupArn"), 1)));
  }

  /** A tuple without a weight counts as 1 when it is alone; AWS asks for weights beside others. */
  private static WeightedGroup group(Object tuple) {
    Map<?, ?> map = (Map<?, ?>) tuple;
    int weight = map.get("Weight") instanceof Number number ? number.intValue() : 1;
    return new WeightedGroup((String) map.get("TargetGroupArn"), weight);
  }

  public boolean names(String targetGroupArn) {
    return groups.stream().anyMatch(group -> group.targetGroupArn().equals(targetGroupArn));
  }

  /** The groups that get traffic now. */
  public List<WeightedGroup> receiving() {
    return groups.stream().filter(group -> group.weight() > 0).toList();
  }

  /** Each group with its weight. */
  public String sentence() {
    return groups.stream()
        .map(group -> Side.dimensionOf(group.targetGroupArn()) + " " + group.weight())
        .collect(Collectors.joining(", "));
  }

  /**
   * The division between two groups in percent, if they alone share the traffic and their weights
   * make whole percents.
   */
  public Optional<Weights> between(String stable, String canary) {
    int stableWeight = weightOf(stable);
    int canaryWeight = weightOf(canary);
    int total = groups.stream().mapToInt(WeightedGroup::weight).sum();
    boolean whole = total > 0 && canaryWeight * 100 % total == 0;
    return stableWeight + canaryWeight == total && whole
        ? Optional.of(Weights.canaryAt(canaryWeight * 100 / total))
        : Optional.empty();
  }

  public int weightOf(String targetGroupArn) {
    return groups.stream()
        .filter(group -> group.targetGroupArn().equals(targetGroupArn))
        .mapToInt(WeightedGroup::weight)
        .sum();
  }

  /** The same action with other weights; a group that is not in it yet is added. */
  ForwardAction divided(String stable, String canary, Weights weights) {
    Map<String, Integer> next = new LinkedHashMap<>();
    groups.forEach(group -> next.put(group.targetGroupArn(), group.weight()));
    next.put(stable, weights.stable());
    next.put(canary, weights.canary());
    if (next.size() > MAX_GROUPS) {
      throw new IllegalArgumentException("a forward action holds at most 5 target groups");
    }
    List<WeightedGroup> divided = new ArrayList<>();
    next.forEach((arn, weight) -> divided.add(new WeightedGroup(arn, weight)));
    return new ForwardAction(actionWith(divided), divided);
  }

  /** The scalar must go: beside a config with two groups AWS refuses it. */
  private Map<String, Object> actionWith(List<WeightedGroup> divided) {
    Map<String, Object> config = new LinkedHashMap<>();
    if (action.get("ForwardConfig") instanceof Map<?, ?> before) {
      before.forEach((key, value) -> config.put((String) key, value));
    }
    config.put("TargetGroups", divided.stream().map(ForwardAction::tuple).toList());
    Map<String, Object> changed = new LinkedHashMap<>(action);
    changed.remove("TargetGroupArn");
    changed.put("ForwardConfig", config);
    return changed;
  }

  private static Map<String, Object> tuple(WeightedGroup group) {
    return Map.of("TargetGroupArn", group.targetGroupArn(), "Weight", group.weight());
  }

  /** How long a visitor's cookie outranks the weights, in seconds; 0 when groups are not sticky. */
  public int stickySeconds() {
    return action.get("ForwardConfig") instanceof Map<?, ?> config
            && config.get("TargetGroupStickinessConfig") instanceof Map<?, ?> sticky
            && Boolean.TRUE.equals(sticky.get("Enabled"))
            && sticky.get("DurationSeconds") instanceof Number seconds
        ? seconds.intValue()
        : 0;
  }
}
