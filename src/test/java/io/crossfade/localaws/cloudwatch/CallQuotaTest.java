package io.crossfade.localaws.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.Account;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

class CallQuotaTest {
  /** Ten calls come at that distance; the quota is nine a second of a world. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          speed | gap in ms | allowed
          1     | 0         | 9
          1     | 49        | 10
          60    | 1         | 9
          60    | 10        | 9
          60    | 50        | 10
          1     | 112       | 10
          """,
      useHeadersInDisplayName = true)
  void aBurstIsCountedInRealTime(double speed, long gap, int allowed) {
    CallQuota quota = new CallQuota(9, speed);
    long now = 0;
    int answered = 0;
    for (int i = 0; i < 10; i++) {
      answered += quota.allows(now) ? 1 : 0;
      now += Duration.ofMillis(gap).toNanos();
    }
    assertThat(answered).isEqualTo(allowed);
  }

  @Test
  void waitingIsCountedInWorldTime() {
    CallQuota quota = new CallQuota(3, 60);
    for (int i = 0; i < 3; i++) {
      assertThat(quota.allows(0)).isTrue();
    }
    assertThat(quota.allows(0)).isFalse();
    assertThat(quota.allows(CallQuota.BURST_NANOS)).isTrue();
  }

  @Test
  void whatIsOverTheQuotaIsThrottledAsByCloudWatch() {
    try (Account account = new Account(1);
        CloudWatchClient client =
            account.client(
                CloudWatchClient.builder()
                    .overrideConfiguration(
                        o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry())))) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  client.describeAlarmHistory();
                }
              })
          .isInstanceOfSatisfying(
              AwsServiceException.class,
              refused -> {
                assertThat(refused.isThrottlingException()).isTrue();
                assertThat(refused.statusCode()).isEqualTo(400);
                assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("Throttling");
              });
      assertThat(account.aws().cloudWatchQuotas().throttled()).isEqualTo(1);
    }
  }
}
