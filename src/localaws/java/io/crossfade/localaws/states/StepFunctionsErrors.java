package io.crossfade.localaws.states;

import io.crossfade.localaws.sdk.ServiceErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** The errors of Step Functions, with the codes that they have on the wire. */
final class StepFunctionsErrors {
  private static final ServiceErrors ERRORS = new ServiceErrors("Sfn", SfnException.class);

  private StepFunctionsErrors() {}

  static AwsServiceException of(String code, String message) {
    return ERRORS.modeled(code, message);
  }
}
