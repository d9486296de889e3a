package io.crossfade.localaws.wire;

import io.crossfade.localaws.wire.Failure.Refusal;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Turns whatever was thrown into the error that goes over the wire. */
final class Refusals {
  private Refusals() {}

  static Refusal of(Throwable thrown, String called) {
    if (thrown instanceof Failure failure) {
      return failure.refusal();
    }
    if (thrown instanceof AwsServiceException modeled) {
      return modeled(modeled);
    }
    if (thrown instanceof UnsupportedOperationException unsupported) {
      return notEmulated(unsupported, called);
    }
    return internal(thrown.getClass().getSimpleName() + ": " + thrown.getMessage());
  }

  private static Refusal notEmulated(UnsupportedOperationException thrown, String called) {
    String detail = thrown.getMessage() == null ? "" : " (" + thrown.getMessage() + ")";
    return Failure.notEmulated(called + detail).refusal();
  }

  private static Refusal modeled(AwsServiceException modeled) {
    AwsErrorDetails details = modeled.awsErrorDetails();
    if (details == null || details.errorCode() == null) {
      return internal(modeled.getClass().getName() + " was thrown without an error code");
    }
    int status = modeled.statusCode() == 0 ? 400 : modeled.statusCode();
    String message = message(modeled, details);
    String shape = ShapeName.of(modeled, details.errorCode());
    return new Refusal(status, details.errorCode(), shape, message, modeled);
  }

  private static String message(AwsServiceException modeled, AwsErrorDetails details) {
    String message = details.errorMessage() == null ? modeled.rawMessage() : details.errorMessage();
    return message == null ? "" : message;
  }

  private static Refusal internal(String message) {
    return new Refusal(500, "InternalFailure", "InternalFailure", message, null);
  }
}
