package io.crossfade.localaws.scaling;

import io.crossfade.localaws.sdk.ServiceErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.applicationautoscaling.model.ApplicationAutoScalingException;

/** The errors of Application Auto Scaling, with the codes that they have on the wire. */
final class ScalingErrors {
  private static final ServiceErrors ERRORS =
      new ServiceErrors("application-autoscaling", ApplicationAutoScalingException.class);

  private ScalingErrors() {}

  static AwsServiceException of(String code, String message) {
    return ERRORS.modeled(code, message);
  }

  static AwsServiceException validation(String message) {
    return of("ValidationException", message);
  }
}
