package io.crossfade.localaws.wire;

import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** An error of the protocol itself, before or instead of a service's own error. */
final class ProtocolError extends RuntimeException {
  private final int status;
  private final String code;

  private ProtocolError(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static ProtocolError malformed(String message) {
    return new ProtocolError(400, "SerializationException", message);
  }

  static ProtocolError unknownParameter(String path) {
    return new ProtocolError(400, "ValidationException", "unknown parameter: " + path);
  }

  /** 501 is a status that the SDKs do not try again. */
  static ProtocolError notEmulated(String what) {
    return new ProtocolError(501, "NotImplemented", "not emulated: " + what);
  }

  ErrorResponse error() {
    return new ErrorResponse(status, code, code, getMessage(), null);
  }

  /**
   * An error as a protocol writes it.
   *
   * @param code what AWS calls it on the wire
   * @param shape its name in the service's model, which for some services is another one
   * @param modeled whose further members are sent too; may be null
   */
  record ErrorResponse(
      int status, String code, String shape, String message, AwsServiceException modeled) {
    boolean sender() {
      return status < 500;
    }
  }
}
