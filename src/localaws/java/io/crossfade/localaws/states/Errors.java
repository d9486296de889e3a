package io.crossfade.localaws.states;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** The service's own exceptions, with the codes that go over the wire. */
final class Errors {
  private Errors() {}

  static SfnException of(SfnException.Builder builder, String code, String message) {
    AwsErrorDetails details =
        AwsErrorDetails.builder().errorCode(code).errorMessage(message).serviceName("Sfn").build();
    return (SfnException) builder.message(message).awsErrorDetails(details).statusCode(400).build();
  }
}
