package io.crossfade.localaws.secrets;

import io.crossfade.localaws.sdk.AwsErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** Errors as Secrets Manager words them. */
final class SecretsErrors {
  private static final String SERVICE = "SecretsManager";

  private SecretsErrors() {}

  static AwsServiceException noSecret() {
    return notFound("Secrets Manager can't find the specified secret.");
  }

  static AwsServiceException noLabel(String stage) {
    return notFound(
        "Secrets Manager can't find the specified secret value for staging label: " + stage);
  }

  static AwsServiceException noVersion(String id) {
    return notFound("Secrets Manager can't find the specified secret value for VersionId: " + id);
  }

  static AwsServiceException exists(String name) {
    return AwsErrors.error(
        ResourceExistsException.builder(),
        SERVICE,
        "ResourceExistsException",
        "The operation failed because the secret " + name + " already exists.");
  }

  static AwsServiceException otherContent(String id) {
    return AwsErrors.error(
        ResourceExistsException.builder(),
        SERVICE,
        "ResourceExistsException",
        "You provided a ClientRequestToken that already exists with other content: " + id);
  }

  static AwsServiceException invalid(String message) {
    return AwsErrors.error(
        InvalidParameterException.builder(), SERVICE, "InvalidParameterException", message);
  }

  private static AwsServiceException notFound(String message) {
    return AwsErrors.error(
        ResourceNotFoundException.builder(), SERVICE, "ResourceNotFoundException", message);
  }
}
