package io.crossfade.localaws.ecs;

import io.crossfade.localaws.sdk.ServiceErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ecs.model.EcsException;

/** The errors of Amazon ECS, with the codes that they have on the wire. */
final class EcsErrors {
  private static final ServiceErrors ERRORS = new ServiceErrors("ecs", EcsException.class);

  private EcsErrors() {}

  static AwsServiceException of(String code, String message) {
    return ERRORS.modeled(code, message);
  }

  static AwsServiceException client(String message) {
    return of("ClientException", message);
  }

  static AwsServiceException invalid(String message) {
    return of("InvalidParameterException", message);
  }
}
