package io.crossfade.localaws.iam;

import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.wire.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;

/** Of Elastic Load Balancing. What describes knows no resources. */
final class ElbActions {
  private ElbActions() {}

  static List<AccessRequest> of(Call call) {
    if (call.operation().startsWith("Describe")) {
      return List.of(AccessRequest.of(call.name(), "*"));
    }
    List<AccessRequest> needed = new ArrayList<>();
    resources(call).forEach(arn -> needed.add(AccessRequest.of(call.name(), arn)));
    actions(call.request())
        .filter(action -> action.authenticateCognitoConfig() != null)
        .map(action -> action.authenticateCognitoConfig().userPoolArn())
        .forEach(pool -> needed.add(AccessRequest.of("cognito-idp:DescribeUserPoolClient", pool)));
    return needed;
  }

  /** Whoever writes a rule with a Cognito login must be allowed to look at that login. */
  private static Stream<Action> actions(Object request) {
    if (request instanceof ModifyRuleRequest modify) {
      return modify.actions().stream();
    }
    if (request instanceof ModifyListenerRequest modify) {
      return modify.defaultActions().stream();
    }
    return request instanceof CreateRuleRequest create ? create.actions().stream() : Stream.empty();
  }

  private static List<String> resources(Call call) {
    Object request = call.request();
    if (request instanceof ModifyRuleRequest modify) {
      return List.of(modify.ruleArn());
    }
    if (request instanceof DeleteRuleRequest delete) {
      return List.of(delete.ruleArn());
    }
    if (request instanceof ModifyListenerRequest modify) {
      return List.of(modify.listenerArn());
    }
    if (request instanceof CreateRuleRequest create) {
      return List.of(create.listenerArn());
    }
    if (request instanceof CreateListenerRequest create) {
      return List.of(create.loadBalancerArn());
    }
    if (request instanceof AddTagsRequest add) {
      return add.resourceArns();
    }
    return List.of(group(call));
  }

  private static String group(Call call) {
    Object request = call.request();
    if (request instanceof ModifyTargetGroupAttributesRequest modify) {
      return modify.targetGroupArn();
    }
    if (request instanceof RegisterTargetsRequest register) {
      return register.targetGroupArn();
    }
    if (request instanceof DeregisterTargetsRequest deregister) {
      return deregister.targetGroupArn();
    }
    if (request instanceof DeleteTargetGroupRequest delete) {
      return delete.targetGroupArn();
    }
    return switch (call.operation()) {
      case "CreateTargetGroup" -> Arns.of("elasticloadbalancing", "targetgroup/*");
      case "CreateLoadBalancer" -> Arns.of("elasticloadbalancing", "loadbalancer/app/*");
      default -> throw CallActions.unknown(call);
    };
  }
}
