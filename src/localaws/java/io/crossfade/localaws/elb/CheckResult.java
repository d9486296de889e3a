package io.crossfade.localaws.elb;

import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;

/** What one health check found; a check that passed has no reason. */
record CheckResult(TargetHealthReasonEnum reason, String description) {
  private static final CheckResult PASSED = new CheckResult(null, null);

  boolean passed() {
    return reason == null;
  }

  static CheckResult answered(int status, String matcher) {
    return Arrays.stream(matcher.split(",")).anyMatch(range -> within(status, range.trim()))
        ? PASSED
        : new CheckResult(
            TargetHealthReasonEnum.TARGET_RESPONSE_CODE_MISMATCH,
            "Health checks failed with these codes: [" + status + "]");
  }

  static CheckResult failed(Throwable why) {
    return why instanceof TimeoutException
        ? new CheckResult(TargetHealthReasonEnum.TARGET_TIMEOUT, "Request timed out")
        : new CheckResult(
            TargetHealthReasonEnum.TARGET_FAILED_HEALTH_CHECKS, "Health checks failed");
  }

  private static boolean within(int status, String range) {
    String[] ends = range.split("-", 2);
    return status >= Integer.parseInt(ends[0]) && status <= Integer.parseInt(ends[ends.length - 1]);
  }
}
