package io.crossfade.localaws.storage;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** S3's errors with its own codes and words. */
final class S3Errors {
  private S3Errors() {}

  static AwsServiceException noSuchBucket() {
    return error(
        NoSuchBucketException.builder(),
        404,
        "NoSuchBucket",
        "The specified bucket does not exist");
  }

  static AwsServiceException noSuchKey() {
    return error(
        NoSuchKeyException.builder(), 404, "NoSuchKey", "The specified key does not exist.");
  }

  static AwsServiceException bucketExists() {
    return error(
        BucketAlreadyOwnedByYouException.builder(),
        409,
        "BucketAlreadyOwnedByYou",
        "Your previous request to create the named bucket succeeded and you already own it.");
  }

  static AwsServiceException preconditionFailed() {
    return error(
        S3Exception.builder(),
        412,
        "PreconditionFailed",
        "At least one of the pre-conditions you specified did not hold");
  }

  static AwsServiceException invalid(String code, String message) {
    return error(S3Exception.builder(), 400, code, message);
  }

  private static AwsServiceException error(
      AwsServiceException.Builder builder, int status, String code, String message) {
    return builder
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .build();
  }
}
