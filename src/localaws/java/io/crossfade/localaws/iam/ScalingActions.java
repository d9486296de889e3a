package io.crossfade.localaws.iam;

import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.wire.Call;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/** Of Application Auto Scaling: what writes is about scalable targets, of whatever id. */
final class ScalingActions {
  private ScalingActions() {}

  static List<AccessRequest> of(Call call) {
    return switch (call.operation()) {
      case "DescribeScalableTargets",
          "DescribeScalingPolicies",
          "DescribeScalingActivities",
          "DescribeScheduledActions" ->
          List.of(AccessRequest.of(call.name(), "*"));
      case "RegisterScalableTarget",
          "DeregisterScalableTarget",
          "PutScalingPolicy",
          "PutScheduledAction",
          "DeleteScheduledAction" ->
          List.of(
              new AccessRequest(
                  call.name(),
                  Arns.of("application-autoscaling", "scalable-target/*"),
                  Map.of(
                      "application-autoscaling:service-namespace",
                      member(call, "ServiceNamespace"),
                      "application-autoscaling:scalable-dimension",
                      member(call, "ScalableDimension"))));
      default -> throw CallActions.unknown(call);
    };
  }

  private static String member(Call call, String name) {
    SdkPojo request = (SdkPojo) call.request();
    Object value = request.sdkFieldNameToField().get(name).getValueOrDefault(request);
    return value == null ? "" : value.toString();
  }
}
