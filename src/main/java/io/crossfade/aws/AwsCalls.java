package io.crossfade.aws;

import io.crossfade.release.PermanentFailure;
import io.crossfade.release.TransientFailure;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Calls AWS, and turns what goes wrong into the two failures that the state machine knows. */
public final class AwsCalls {
  private static final Set<String> PASSING =
      Set.of(
          "RequestTimeout",
          "RequestTimeoutException",
          "PriorRequestNotComplete",
          "UpdateInProgressException",
          "ConcurrentUpdateException",
          "OperationAborted",
          "ServerException");

  private AwsCalls() {}

  /**
   * @throws TransientFailure on throttling, timeouts, connection trouble and server errors
   * @throws PermanentFailure on everything else, with AWS's own code and message
   */
  public static <T> T call(Supplier<T> call) {
    try {
      return call.get();
    } catch (AwsServiceException refused) {
      throw refused.isThrottlingException() || passes(refused)
          ? new TransientFailure(sentence(refused), refused)
          : new PermanentFailure(sentence(refused), refused);
    } catch (SdkClientException unreachable) {
      throw new TransientFailure("AWS could not be reached: " + message(unreachable), unreachable);
    } catch (SdkException other) {
      throw new TransientFailure(message(other), other);
    }
  }

  public static void run(Supplier<?> call) {
    call(call);
  }

  private static boolean passes(AwsServiceException refused) {
    return refused.statusCode() >= 500 || PASSING.contains(code(refused));
  }

  /** AWS's error code, such as {@code RuleNotFound}. */
  public static String code(AwsServiceException refused) {
    String code = refused.awsErrorDetails() == null ? null : refused.awsErrorDetails().errorCode();
    return code == null ? refused.getClass().getSimpleName() : code;
  }

  private static String sentence(AwsServiceException refused) {
    return refused.awsErrorDetails() == null
        ? message(refused)
        : "%s answered %s%s"
            .formatted(
                refused.awsErrorDetails().serviceName(),
                code(refused),
                refused.awsErrorDetails().errorMessage() == null
                    ? ""
                    : ": " + refused.awsErrorDetails().errorMessage());
  }

  /** An error without a message is told by its type. */
  private static String message(SdkException error) {
    return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
  }
}
