package io.crossfade.localaws.elb;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupStickinessConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** Reads and completes the forward action of a rule. */
final class ForwardActions {
  private ForwardActions() {}

  /** The final action: the one with the highest order. */
  static Action last(List<Action> actions) {
    return actions.stream()
        .max(Comparator.comparingInt(ForwardActions::order))
        .orElseThrow(() -> ElbErrors.validation("An action must be specified"));
  }

  static int order(Action action) {
    return action.order() == null ? 1 : action.order();
  }

  static boolean isForward(Action action) {
    return action.type() == ActionTypeEnum.FORWARD;
  }

  static Optional<ForwardActionConfig> forward(List<Action> actions) {
    return actions.stream()
        .filter(ForwardActions::isForward)
        .findFirst()
        .map(Action::forwardConfig);
  }

  static Map<String, Integer> weights(List<Action> actions) {
    Map<String, Integer> weights = new LinkedHashMap<>();
    forward(actions)
        .ifPresent(
            config ->
                config
                    .targetGroups()
                    .forEach(tuple -> weights.put(tuple.targetGroupArn(), tuple.weight())));
    return weights;
  }

  static Set<String> targetGroups(List<Action> actions) {
    return weights(actions).keySet();
  }

  /**
   * As the API answers: one group shows both as the scalar and as the config, several only as the
   * config; a weight that was not given is 1.
   */
  static Action complete(Action action) {
    if (!isForward(action)) {
      return action;
    }
    List<TargetGroupTuple> tuples = tuples(action);
    TargetGroupStickinessConfig sticky =
        action.forwardConfig() == null
                || action.forwardConfig().targetGroupStickinessConfig() == null
            ? TargetGroupStickinessConfig.builder().enabled(false).build()
            : action.forwardConfig().targetGroupStickinessConfig();
    return action.toBuilder()
        .targetGroupArn(tuples.size() == 1 ? tuples.get(0).targetGroupArn() : null)
        .forwardConfig(c -> c.targetGroups(tuples).targetGroupStickinessConfig(sticky))
        .build();
  }

  static List<TargetGroupTuple> tuples(Action action) {
    if (action.forwardConfig() == null || action.forwardConfig().targetGroups().isEmpty()) {
      return action.targetGroupArn() == null
          ? List.of()
          : List.of(tuple(action.targetGroupArn(), 1));
    }
    return action.forwardConfig().targetGroups().stream()
        .map(tuple -> tuple.weight() == null ? tuple(tuple.targetGroupArn(), 1) : tuple)
        .toList();
  }

  private static TargetGroupTuple tuple(String arn, int weight) {
    return TargetGroupTuple.builder().targetGroupArn(arn).weight(weight).build();
  }
}
