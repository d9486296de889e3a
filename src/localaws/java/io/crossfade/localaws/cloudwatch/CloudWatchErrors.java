package io.crossfade.localaws.cloudwatch;

import io.crossfade.localaws.sdk.ServiceErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;

/** The errors of CloudWatch, with the codes that they have on the wire. */
final class CloudWatchErrors {
  private static final ServiceErrors ERRORS =
      new ServiceErrors("monitoring", CloudWatchException.class);

  private CloudWatchErrors() {}

  static AwsServiceException of(String code, String message) {
    return ERRORS.modeled(code, message);
  }

  static AwsServiceException invalidToken() {
    return of("InvalidNextToken", "The next token is invalid.");
  }

  static AwsServiceException throttled() {
    return ERRORS.unmodeled("Throttling", "Rate exceeded");
  }

  static AwsServiceException validation(String message) {
    return ERRORS.unmodeled("ValidationError", message);
  }
}
