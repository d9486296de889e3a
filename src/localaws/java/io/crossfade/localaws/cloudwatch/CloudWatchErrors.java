package io.crossfade.localaws.cloudwatch;

import io.crossfade.localaws.sdk.AwsErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.InvalidNextTokenException;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterCombinationException;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterValueException;
import software.amazon.awssdk.services.cloudwatch.model.ResourceNotFoundException;

/** The errors of CloudWatch. */
final class CloudWatchErrors {
  private CloudWatchErrors() {}

  static AwsServiceException validation(String message) {
    return error(CloudWatchException.builder(), "ValidationError", message);
  }

  static AwsServiceException invalidValue(String message) {
    return error(InvalidParameterValueException.builder(), "InvalidParameterValue", message);
  }

  static AwsServiceException invalidCombination(String message) {
    return error(
        InvalidParameterCombinationException.builder(), "InvalidParameterCombination", message);
  }

  static AwsServiceException invalidNextToken() {
    return error(
        InvalidNextTokenException.builder(), "InvalidNextToken", "The next token is invalid.");
  }

  static AwsServiceException notFound(String alarmName) {
    return error(
        ResourceNotFoundException.builder(),
        "ResourceNotFound",
        "Alarm '%s' does not exist".formatted(alarmName));
  }

  private static AwsServiceException error(
      AwsServiceException.Builder builder, String code, String message) {
    return AwsErrors.error(builder, "monitoring", code, message);
  }
}
