package io.crossfade.localaws.storage;

import io.crossfade.localaws.sdk.ServiceErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The errors of S3, with its own codes and messages. */
final class S3Errors {
  private static final ServiceErrors ERRORS = new ServiceErrors("s3", S3Exception.class);

  private S3Errors() {}

  static AwsServiceException noSuchBucket() {
    return ERRORS.modeled(404, "NoSuchBucket", "The specified bucket does not exist");
  }

  static AwsServiceException noSuchKey() {
    return ERRORS.modeled(404, "NoSuchKey", "The specified key does not exist.");
  }

  static AwsServiceException bucketExists() {
    return ERRORS.modeled(
        409,
        "BucketAlreadyOwnedByYou",
        "Your previous request to create the named bucket succeeded and you already own it.");
  }

  static AwsServiceException preconditionFailed() {
    return ERRORS.unmodeled(
        412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
  }

  static AwsServiceException conflict() {
    return ERRORS.unmodeled(
        409,
        "ConditionalRequestConflict",
        "The conditional request cannot succeed due to a conflicting operation against this"
            + " resource.");
  }

  static AwsServiceException invalid(String code, String message) {
    return ERRORS.unmodeled(code, message);
  }
}
