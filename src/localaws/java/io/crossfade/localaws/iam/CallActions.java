package io.crossfade.localaws.iam;

import io.crossfade.localaws.wire.Call;
import java.util.List;

/**
 * What each call needs, as the Service Authorization Reference says. A call that it does not know
 * is refused by name.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html">
 *     Actions, resources, and condition keys for AWS services</a>
 */
final class CallActions {
  private CallActions() {}

  /**
   * All of them are needed.
   *
   * @param stateMachineArn the machine whose tasks are answered
   */
  static List<AccessRequest> of(Call call, String stateMachineArn) {
    return switch (call.service()) {
      case "ecs" -> EcsActions.of(call);
      case "elasticloadbalancing" -> ElbActions.of(call);
      case "monitoring" -> CloudWatchActions.of(call);
      case "application-autoscaling" -> ScalingActions.of(call);
      case "s3" -> S3Actions.of(call);
      case "states" -> StatesActions.of(call, stateMachineArn);
      case "sns", "secretsmanager" -> MessageActions.of(call);
      default -> throw unknown(call);
    };
  }

  static UnsupportedOperationException unknown(Call call) {
    return new UnsupportedOperationException("not emulated: permissions of " + call.name());
  }
}
