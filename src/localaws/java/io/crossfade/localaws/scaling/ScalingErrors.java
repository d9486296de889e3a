package io.crossfade.localaws.scaling;

import io.crossfade.localaws.sdk.AwsErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.applicationautoscaling.model.InvalidNextTokenException;
import software.amazon.awssdk.services.applicationautoscaling.model.ObjectNotFoundException;
import software.amazon.awssdk.services.applicationautoscaling.model.ValidationException;

/** The errors of Application Auto Scaling. */
final class ScalingErrors {
  private ScalingErrors() {}

  static AwsServiceException validation(String message) {
    return error(ValidationException.builder(), "ValidationException", message);
  }

  static AwsServiceException notFound(String what) {
    return error(
        ObjectNotFoundException.builder(), "ObjectNotFoundException", "No " + what + " found");
  }

  static AwsServiceException invalidNextToken() {
    return error(
        InvalidNextTokenException.builder(),
        "InvalidNextTokenException",
        "The next token is invalid");
  }

  private static AwsServiceException error(
      AwsServiceException.Builder builder, String code, String message) {
    return AwsErrors.error(builder, "application-autoscaling", code, message);
  }
}
