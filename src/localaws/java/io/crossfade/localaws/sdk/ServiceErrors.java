package io.crossfade.localaws.sdk;

import java.lang.reflect.Method;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Makes the errors of one service: the SDK's own exceptions with what they carry after they came
 * over the wire.
 *
 * @param service the name in the error's details, such as {@code ecs}
 * @param base the service's base exception, such as {@code EcsException}
 */
public record ServiceErrors(String service, Class<? extends AwsServiceException> base) {
  private static final int BAD_REQUEST = 400;

  /** An error that the service's model has, with status 400. */
  public AwsServiceException modeled(String code, String message) {
    return modeled(BAD_REQUEST, code, message);
  }

  /**
   * An error that the service's model has.
   *
   * @param code the code on the wire, with or without the "Exception" at the end of the class name
   * @throws IllegalArgumentException if the SDK has no exception for the code
   */
  public AwsServiceException modeled(int status, String code, String message) {
    String name = code.replaceAll("Exception$", "") + "Exception";
    try {
      Class<?> type = Class.forName(base.getPackageName() + "." + name);
      return fill(builder(type), service, status, code, message);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("%s has no error %s".formatted(service, code), e);
    }
  }

  /** An error that the service's model lacks, with status 400. */
  public AwsServiceException unmodeled(String code, String message) {
    return unmodeled(BAD_REQUEST, code, message);
  }

  /** An error that the service's model lacks. */
  public AwsServiceException unmodeled(int status, String code, String message) {
    return fill(builder(base), service, status, code, message);
  }

  /** An error of any service, as a plain exception. */
  public static AwsServiceException plain(String service, int status, String code, String message) {
    return fill(AwsServiceException.builder(), service, status, code, message);
  }

  private static AwsServiceException.Builder builder(Class<?> type) {
    try {
      Method builder = type.getMethod("builder");
      return (AwsServiceException.Builder) builder.invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("not an exception of the SDK: " + type, e);
    }
  }

  private static AwsServiceException fill(
      AwsServiceException.Builder builder,
      String service,
      int status,
      String code,
      String message) {
    AwsErrorDetails details =
        AwsErrorDetails.builder()
            .serviceName(service)
            .errorCode(code)
            .errorMessage(message)
            .build();
    builder.message(message);
    builder.statusCode(status);
    return builder.awsErrorDetails(details).build();
  }
}
