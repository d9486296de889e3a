package io.crossfade.localaws.wire;

import io.crossfade.localaws.wire.ProtocolError.ErrorResponse;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Turns what was thrown into the error that goes over the wire. */
final class ErrorResponses {
  private ErrorResponses() {}

  static ErrorResponse of(Throwable thrown, String called) {
    if (thrown instanceof ProtocolError failure) {
      return failure.error();
    }
    if (thrown instanceof AwsServiceException modeled) {
      return modeled(modeled);
    }
    if (thrown instanceof UnsupportedOperationException unsupported) {
      return notEmulated(unsupported, called);
    }
    return internal(thrown.getClass().getSimpleName() + ": " + thrown.getMessage());
  }

  private static ErrorResponse notEmulated(UnsupportedOperationException thrown, String called) {
    String detail = thrown.getMessage() == null ? "" : " (" + thrown.getMessage() + ")";
    return ProtocolError.notEmulated(called + detail).error();
  }

  private static ErrorResponse modeled(AwsServiceException modeled) {
    AwsErrorDetails details = modeled.awsErrorDetails();
    if (details == null || details.errorCode() == null) {
      return internal(modeled.getClass().getName() + " was thrown without an error code");
    }
    int status = modeled.statusCode() == 0 ? 400 : modeled.statusCode();
    String message = message(modeled, details);
    String shape = ErrorShapeName.of(modeled, details.errorCode());
    return new ErrorResponse(status, details.errorCode(), shape, message, modeled);
  }

  private static String message(AwsServiceException modeled, AwsErrorDetails details) {
    String message = details.errorMessage() == null ? modeled.rawMessage() : details.errorMessage();
    return message == null ? "" : message;
  }

  private static ErrorResponse internal(String message) {
    return new ErrorResponse(500, "InternalFailure", "InternalFailure", message, null);
  }
}
