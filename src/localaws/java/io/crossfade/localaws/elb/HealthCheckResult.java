package io.crossfade.localaws.elb;

import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;

/** The result of one health check; a check that passed has no reason. */
record HealthCheckResult(TargetHealthReasonEnum reason, String description) {
  private static final HealthCheckResult PASSED = new HealthCheckResult(null, null);

  boolean passed() {
    return reason == null;
  }

  static HealthCheckResult answered(int status, String matcher) {
    return Arrays.stream(matcher.split(",")).anyMatch(range -> within(status, range.trim()))
        ? PASSED
        : new HealthCheckResult(
            TargetHealthReasonEnum.TARGET_RESPONSE_CODE_MISMATCH,
            "Health checks failed with these codes: [" + status + "]");
  }

  static HealthCheckResult failed(Throwable why) {
    return why instanceof TimeoutException
        ? new HealthCheckResult(TargetHealthReasonEnum.TARGET_TIMEOUT, "Request timed out")
        : new HealthCheckResult(
            TargetHealthReasonEnum.TARGET_FAILED_HEALTH_CHECKS, "Health checks failed");
  }

  private static boolean within(int status, String range) {
    String[] ends = range.split("-", 2);
    return status >= Integer.parseInt(ends[0]) && status <= Integer.parseInt(ends[ends.length - 1]);
  }
}
