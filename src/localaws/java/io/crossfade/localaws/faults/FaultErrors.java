package io.crossfade.localaws.faults;

import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** How each service says that it is overloaded or broken; the names differ. */
final class FaultErrors {
  private record Words(int status, String code, String message) {}

  private static final Words THROTTLED = new Words(400, "ThrottlingException", "Rate exceeded");
  private static final Words BROKEN =
      new Words(500, "InternalFailure", "The request processing has failed.");
  private static final Map<String, Words> THROTTLED_AT =
      Map.of(
          "elasticloadbalancing", new Words(400, "Throttling", "Rate exceeded"),
          "monitoring", new Words(400, "Throttling", "Rate exceeded"),
          "sns", new Words(429, "ThrottledException", "Rate exceeded"),
          "s3", new Words(503, "SlowDown", "Please reduce your request rate."));
  private static final Map<String, Words> BROKEN_AT =
      Map.of(
          "ecs", new Words(500, "ServerException", "Service Unavailable. Please try again later."),
          "secretsmanager", new Words(500, "InternalServiceError", "An error occurred."),
          "application-autoscaling",
              new Words(500, "InternalServiceException", "The service failed."),
          "sns", new Words(500, "InternalError", "The service failed."),
          "monitoring", new Words(500, "InternalServiceError", "The service failed."),
          "s3", new Words(500, "InternalError", "We encountered an internal error."));

  private FaultErrors() {}

  static AwsServiceException throttled(String service) {
    return error(service, THROTTLED_AT.getOrDefault(service, THROTTLED));
  }

  static AwsServiceException broken(String service) {
    return error(service, BROKEN_AT.getOrDefault(service, BROKEN));
  }

  private static AwsServiceException error(String service, Words words) {
    return AwsServiceException.builder()
        .statusCode(words.status())
        .message(words.message())
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .serviceName(service)
                .errorCode(words.code())
                .errorMessage(words.message())
                .build())
        .build();
  }
}
