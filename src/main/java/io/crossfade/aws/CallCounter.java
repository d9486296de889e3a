package io.crossfade.aws;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Counts the requests that this process sends to AWS, each attempt as one, as AWS's quotas do. The
 * S3 client is given it by {@code quarkus.s3.interceptors}, which makes an object of its own.
 */
public final class CallCounter implements ExecutionInterceptor {
  private static final Map<String, Integer> SENT = new ConcurrentHashMap<>();

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes call) {
    String operation =
        "%s %s"
            .formatted(
                call.getAttribute(SdkExecutionAttribute.SERVICE_NAME),
                call.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
    SENT.merge(operation, 1, Integer::sum);
  }

  static void reset() {
    SENT.clear();
  }

  /** Since the last reset, by operation such as {@code ECS UpdateService}. */
  static Map<String, Integer> sent() {
    return Map.copyOf(SENT);
  }
}
