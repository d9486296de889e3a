package io.crossfade.localaws.sdk;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Fills the SDK's own exceptions with what they would carry had they come over the wire. */
public final class AwsErrors {
  private AwsErrors() {}

  /**
   * @param builder the builder of the modeled exception, which decides the type that is built
   * @param code the code on the wire, which may differ from the name of the class
   */
  public static AwsServiceException error(
      AwsServiceException.Builder builder, String service, String code, String message) {
    AwsErrorDetails details =
        AwsErrorDetails.builder()
            .serviceName(service)
            .errorCode(code)
            .errorMessage(message)
            .build();
    builder.message(message);
    builder.statusCode(400);
    return builder.awsErrorDetails(details).build();
  }
}
