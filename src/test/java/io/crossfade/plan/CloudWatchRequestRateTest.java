package io.crossfade.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.Account;
import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.TransientFailure;
import io.crossfade.site.BookingSite;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

class CloudWatchRequestRateTest {
  private static final String READ = "monitoring:GetMetricData";

  private final Account account = new Account(100);
  private final BookingSite site = site();
  private final ScaledClock clock = account.aws().clock();
  private final RequestRate rate =
      new CloudWatchRequestRate(account.client(CloudWatchClient.builder()));

  private BookingSite site() {
    Account.runEveryImage(account.aws());
    return new BookingSite(account.aws(), BookingSite.Names.SAMPLE);
  }

  @AfterEach
  void close() {
    account.close();
  }

  private long highest(Instant now) {
    return rate.highest(site.backend().ruleArn(), now);
  }

  /** A minute of them shows a minute after its end, and is one of five. */
  @Test
  void theBusiestOfTheLastWholeMinutesCounts() throws Exception {
    site.awaitHealthy();
    assertThat(highest(clock.now())).isZero();

    Instant visited = visit(4);
    Await.until("the minute shows", () -> highest(clock.now()) > 0);

    Instant ended = visited.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    assertThat(highest(ended.minusMillis(1))).isZero();
    assertThat(highest(ended)).isBetween(1L, 4L);
    assertThat(highest(ended.plus(5, ChronoUnit.MINUTES).minusMillis(1))).isBetween(1L, 4L);
    assertThat(highest(ended.plus(5, ChronoUnit.MINUTES))).isZero();
  }

  @Test
  void whatCannotBeToldIsNotZero() {
    account.refuse(READ, 100, "ThrottlingException");
    assertThatThrownBy(() -> highest(clock.now())).isInstanceOf(TransientFailure.class);
  }

  @Test
  void whoMayNotReadIsToldSo() {
    account.refuse(READ, 100, "AccessDenied");
    assertThatThrownBy(() -> highest(clock.now())).isInstanceOf(PermanentFailure.class);
  }

  /**
   * @return when the last one came
   */
  private Instant visit(int times) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(site.url().resolve("/api/x")).build();
    for (int i = 0; i < times; i++) {
      HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    }
    return clock.now();
  }
}
