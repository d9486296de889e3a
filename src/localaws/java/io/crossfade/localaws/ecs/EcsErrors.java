package io.crossfade.localaws.ecs;

import io.crossfade.localaws.sdk.AwsErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;

/** The errors of Amazon ECS. */
final class EcsErrors {
  private EcsErrors() {}

  static AwsServiceException client(String message) {
    return error(ClientException.builder(), "ClientException", message);
  }

  static AwsServiceException invalid(String message) {
    return error(InvalidParameterException.builder(), "InvalidParameterException", message);
  }

  static AwsServiceException clusterNotFound() {
    return error(
        ClusterNotFoundException.builder(), "ClusterNotFoundException", "Cluster not found.");
  }

  static AwsServiceException serviceNotFound() {
    return error(
        ServiceNotFoundException.builder(), "ServiceNotFoundException", "Service not found.");
  }

  private static AwsServiceException error(
      AwsServiceException.Builder builder, String code, String message) {
    return AwsErrors.error(builder, "ecs", code, message);
  }
}
