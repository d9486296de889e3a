package io.crossfade.traffic;

import io.crossfade.release.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The forward action of a rule. AWS writes it in two ways, a scalar {@code TargetGroupArn} or a
 * {@code ForwardConfig} with weights, and describes a single group as both.
 *
 * @param action the action as AWS describes it, everything kept
 * @param groups its target groups and weights
 */
public record Forward(Map<String, Object> action, List<Group> groups) {
  /** A forward action holds at most five target groups (ELB quotas). */
  public static final int MAX_GROUPS = 5;

  public Forward {
    groups = List.copyOf(groups);
  }

  static Forward of(Map<String, Object> action) {
    Object config = action.get("ForwardConfig");
    if (config instanceof Map<?, ?> map && map.get("TargetGroups") instanceof List<?> tuples) {
      return new Forward(action, tuples.stream().map(Forward::group).toList());
    }
    return new Forward(action, List.of(new Group((String) action.get("TargetGroupArn"), 1)));
  }

  /** A tuple without a weight counts as 1 when it is alone; AWS asks for weights beside others. */
  private static Group group(Object tuple) {
    Map<?, ?> map = (Map<?, ?>) tuple;
    int weight = map.get("Weight") instanceof Number number ? number.intValue() : 1;
    return new Group((String) map.get("TargetGroupArn"), weight);
  }

  public boolean names(String targetGroupArn) {
    return groups.stream().anyMatch(group -> group.targetGroupArn().equals(targetGroupArn));
  }

  /** The groups that get traffic now. */
  public List<Group> receiving() {
    return groups.stream().filter(group -> group.weight() > 0).toList();
  }

  /**
   * The division between two groups in percent, if they alone share the traffic and their weights
   * make whole percents.
   */
  public Optional<Weights> between(String live, String idle) {
    int liveWeight = weightOf(live);
    int idleWeight = weightOf(idle);
    int total = groups.stream().mapToInt(Group::weight).sum();
    boolean whole = total > 0 && idleWeight * 100 % total == 0;
    return liveWeight + idleWeight == total && whole
        ? Optional.of(Weights.idleAt(idleWeight * 100 / total))
        : Optional.empty();
  }

  private int weightOf(String targetGroupArn) {
    return groups.stream()
        .filter(group -> group.targetGroupArn().equals(targetGroupArn))
        .mapToInt(Group::weight)
        .sum();
  }

  /** The same action with other weights; a group that is not in it yet is added. */
  Forward divided(String live, String idle, Weights weights) {
    Map<String, Integer> next = new LinkedHashMap<>();
    groups.forEach(group -> next.put(group.targetGroupArn(), group.weight()));
    next.put(live, weights.live());
    next.put(idle, weights.idle());
    if (next.size() > MAX_GROUPS) {
      throw new IllegalArgumentException("a forward action holds at most 5 target groups");
    }
    List<Group> divided = new ArrayList<>();
    next.forEach((arn, weight) -> divided.add(new Group(arn, weight)));
    return new Forward(actionWith(divided), divided);
  }

  /** The scalar must go: beside a config with two groups AWS refuses it. */
  private Map<String, Object> actionWith(List<Group> divided) {
    Map<String, Object> config = new LinkedHashMap<>();
    if (action.get("ForwardConfig") instanceof Map<?, ?> before) {
      before.forEach((key, value) -> config.put((String) key, value));
    }
    config.put("TargetGroups", divided.stream().map(Forward::tuple).toList());
    Map<String, Object> changed = new LinkedHashMap<>(action);
    changed.remove("TargetGroupArn");
    changed.put("ForwardConfig", config);
    return changed;
  }

  private static Map<String, Object> tuple(Group group) {
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
