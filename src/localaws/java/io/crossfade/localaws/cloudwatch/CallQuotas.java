package io.crossfade.localaws.cloudwatch;

import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.wire.Call;
import io.crossfade.localaws.wire.CallInterceptor;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many calls a second CloudWatch answers in an account; it throttles the others (CloudWatch
 * User Guide, "CloudWatch service quotas").
 */
public final class CallQuotas implements CallInterceptor {
  private final Map<String, CallQuota> quotas;
  private final AtomicLong throttled = new AtomicLong();

  public CallQuotas(ScaledClock clock) {
    this.quotas =
        Map.of(
            "monitoring:DescribeAlarms", new CallQuota(9, clock.speed()),
            "monitoring:DescribeAlarmHistory", new CallQuota(3, clock.speed()));
  }

  @Override
  public void before(Call call) {
    CallQuota quota = quotas.get(call.name());
    if (quota != null && !quota.allows(System.nanoTime())) {
      throttled.incrementAndGet();
      throw CloudWatchErrors.throttled();
    }
  }

  /** How many calls were over a quota. */
  public long throttled() {
    return throttled.get();
  }
}
