package io.crossfade.localaws.elb;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AuthenticateOidcActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** The rules of the API for the actions of a rule. */
final class ActionValidator {
  private static final Set<ActionTypeEnum> ENDS =
      Set.of(ActionTypeEnum.FORWARD, ActionTypeEnum.REDIRECT, ActionTypeEnum.FIXED_RESPONSE);
  private static final int MAX_TARGET_GROUPS = 5;
  private static final int MAX_ACTIONS = 2;

  private final Function<String, TargetGroupState> groups;
  private final String loadBalancerArn;

  /**
   * @param groups finds a target group or throws TargetGroupNotFound
   */
  ActionValidator(Function<String, TargetGroupState> groups, String loadBalancerArn) {
    this.groups = groups;
    this.loadBalancerArn = loadBalancerArn;
  }

  /** Returns the actions as the API would show them, or throws what it would answer. */
  List<Action> accept(List<Action> actions) {
    checkOrder(actions);
    checkEnds(actions);
    actions.forEach(ActionValidator::checkSecret);
    actions.stream().filter(ForwardActions::isForward).forEach(this::checkForward);
    return actions.stream()
        .map(ForwardActions::complete)
        .map(ActionValidator::withoutSecret)
        .toList();
  }

  private void checkOrder(List<Action> actions) {
    if (actions.isEmpty()) {
      throw ElbErrors.validation("An action must be specified");
    }
    if (actions.size() > MAX_ACTIONS) {
      throw ElbErrors.of(
          "TooManyActions", "A rule can have at most 2 actions, found " + actions.size());
    }
    boolean allOrdered = actions.stream().allMatch(action -> action.order() != null);
    if (actions.size() > 1 && !allOrdered) {
      throw ElbErrors.of(
          "InvalidLoadBalancerAction", "You must specify an order for each of several actions");
    }
    long orders = actions.stream().map(Action::order).distinct().count();
    if (orders < actions.size()) {
      throw ElbErrors.of("InvalidLoadBalancerAction", "The orders of the actions must be unique");
    }
  }

  private void checkEnds(List<Action> actions) {
    long ends = actions.stream().filter(action -> ENDS.contains(action.type())).count();
    if (ends != 1) {
      throw ElbErrors.of(
          "InvalidLoadBalancerAction",
          "A rule must have exactly one forward, redirect or fixed-response action, found " + ends);
    }
    if (!ENDS.contains(ForwardActions.last(actions).type())) {
      throw ElbErrors.of(
          "InvalidLoadBalancerAction",
          "The forward, redirect or fixed-response action must be the last one");
    }
  }

  private static void checkSecret(Action action) {
    AuthenticateOidcActionConfig oidc = action.authenticateOidcConfig();
    if (oidc != null
        && oidc.clientSecret() == null
        && !Boolean.TRUE.equals(oidc.useExistingClientSecret())) {
      throw ElbErrors.validation("A client secret must be specified");
    }
  }

  /** A secret is accepted and never returned. */
  private static Action withoutSecret(Action action) {
    return action.authenticateOidcConfig() == null
        ? action
        : action.toBuilder()
            .authenticateOidcConfig(
                action.authenticateOidcConfig().toBuilder()
                    .clientSecret(null)
                    .useExistingClientSecret(null)
                    .build())
            .build();
  }

  private void checkForward(Action action) {
    checkScalar(action);
    List<TargetGroupTuple> tuples = ForwardActions.tuples(action);
    if (tuples.isEmpty() || tuples.size() > MAX_TARGET_GROUPS) {
      throw ElbErrors.validation(
          "A forward action takes 1 to 5 target groups, found " + tuples.size());
    }
    Set<String> seen = new HashSet<>();
    tuples.forEach(tuple -> checkTuple(tuple, seen));
    checkStickiness(action, tuples);
  }

  private static void checkScalar(Action action) {
    if (action.targetGroupArn() == null || action.forwardConfig() == null) {
      return;
    }
    List<String> configured =
        action.forwardConfig().targetGroups().stream()
            .map(TargetGroupTuple::targetGroupArn)
            .toList();
    if (!configured.isEmpty() && !configured.equals(List.of(action.targetGroupArn()))) {
      throw ElbErrors.validation(
          "You can specify both TargetGroupArn and ForwardConfig only if ForwardConfig"
              + " has that one target group");
    }
  }

  private void checkTuple(TargetGroupTuple tuple, Set<String> seen) {
    if (tuple.weight() < 0 || tuple.weight() > 999) {
      throw ElbErrors.validation(
          "The weight of a target group must be 0 to 999, found " + tuple.weight());
    }
    if (!seen.add(tuple.targetGroupArn())) {
      throw ElbErrors.validation("A target group is given twice: " + tuple.targetGroupArn());
    }
    TargetGroupState group = groups.apply(tuple.targetGroupArn());
    String usedBy = group.loadBalancerArn();
    if (usedBy != null && !usedBy.equals(loadBalancerArn)) {
      throw ElbErrors.of(
          "TargetGroupAssociationLimit",
          "The following target groups cannot be associated with more than one load balancer: "
              + tuple.targetGroupArn());
    }
  }

  private void checkStickiness(Action action, List<TargetGroupTuple> tuples) {
    boolean groupSticky =
        action.forwardConfig() != null
            && action.forwardConfig().targetGroupStickinessConfig() != null
            && Objects.equals(action.forwardConfig().targetGroupStickinessConfig().enabled(), true);
    if (groupSticky) {
      Integer seconds = action.forwardConfig().targetGroupStickinessConfig().durationSeconds();
      if (seconds == null || seconds < 1 || seconds > 604_800) {
        throw ElbErrors.validation("Stickiness takes 1 to 604800 seconds, found " + seconds);
      }
    }
    boolean targetSticky =
        tuples.stream().anyMatch(tuple -> groups.apply(tuple.targetGroupArn()).sticky());
    if (tuples.size() > 1 && targetSticky && !groupSticky) {
      throw ElbErrors.of(
          "InvalidLoadBalancerAction",
          "You must enable group stickiness on a rule if you enabled target group stickiness"
              + " on one of its target groups");
    }
  }
}
