package io.crossfade.localaws.iam;

import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.wire.Call;
import java.util.List;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/** Of SNS and Secrets Manager. */
final class MessageActions {
  private MessageActions() {}

  static List<AccessRequest> of(Call call) {
    return List.of(AccessRequest.of(call.name(), resource(call)));
  }

  private static String resource(Call call) {
    if (call.request() instanceof PublishRequest publish) {
      return publish.topicArn();
    }
    if (call.request() instanceof CreateTopicRequest create) {
      return Arns.of("sns", create.name());
    }
    if (call.request() instanceof GetSecretValueRequest get) {
      return secret(get.secretId());
    }
    throw CallActions.unknown(call);
  }

  /** A secret that is asked for by its name has six more characters in its ARN. */
  private static String secret(String nameOrArn) {
    return nameOrArn.startsWith("arn:")
        ? nameOrArn
        : Arns.of("secretsmanager", "secret:" + nameOrArn + "-LoCaL1");
  }
}
