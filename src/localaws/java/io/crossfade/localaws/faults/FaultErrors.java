package io.crossfade.localaws.faults;

import io.crossfade.localaws.sdk.ServiceErrors;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** The errors of services that are overloaded or broken. Their codes differ. */
final class FaultErrors {
  private record Response(int status, String code, String message) {}

  private static final Response THROTTLED =
      new Response(400, "ThrottlingException", "Rate exceeded");
  private static final Response BROKEN =
      new Response(500, "InternalFailure", "The request processing has failed.");
  private static final Map<String, Response> THROTTLED_AT =
      Map.of(
          "elasticloadbalancing", new Response(400, "Throttling", "Rate exceeded"),
          "monitoring", new Response(400, "Throttling", "Rate exceeded"),
          "sns", new Response(429, "ThrottledException", "Rate exceeded"),
          "s3", new Response(503, "SlowDown", "Please reduce your request rate."));
  private static final Map<String, Response> BROKEN_AT =
      Map.of(
          "ecs",
              new Response(500, "ServerException", "Service Unavailable. Please try again later."),
          "secretsmanager", new Response(500, "InternalServiceError", "An error occurred."),
          "application-autoscaling",
              new Response(500, "InternalServiceException", "The service failed."),
          "sns", new Response(500, "InternalError", "The service failed."),
          "monitoring", new Response(500, "InternalServiceError", "The service failed."),
          "s3", new Response(500, "InternalError", "We encountered an internal error."));

  private FaultErrors() {}

  static AwsServiceException throttled(String service) {
    return error(service, THROTTLED_AT.getOrDefault(service, THROTTLED));
  }

  static AwsServiceException broken(String service) {
    return error(service, BROKEN_AT.getOrDefault(service, BROKEN));
  }

  private static AwsServiceException error(String service, Response response) {
    return ServiceErrors.plain(service, response.status(), response.code(), response.message());
  }
}
