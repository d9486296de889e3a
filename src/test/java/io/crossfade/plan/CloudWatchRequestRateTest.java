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

  private static final int VISITS = 4;

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

    Instant ended = visitWithinAMinute();
    Await.until("the minute shows", () -> highest(clock.now()) > 0);

    assertThat(highest(ended.minusMillis(1))).isZero();
    assertThat(highest(ended)).isEqualTo(VISITS);
    assertThat(highest(ended.plus(5, ChronoUnit.MINUTES).minusMillis(1))).isEqualTo(VISITS);
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
   * Again, once the last ones are forgotten, if a minute was over meanwhile.
   *
   * @return the minute's end
   */
  private Instant visitWithinAMinute() throws Exception {
    while (true) {
      Instant end = endOfMinute();
      visit();
      if (endOfMinute().equals(end)) {
        return end;
      }
      Await.until("the minutes show", () -> highest(clock.now()) > 0);
      Await.until("the minutes are over", () -> highest(clock.now()) == 0);
    }
  }

  private Instant endOfMinute() {
    return clock.now().truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
  }

  private void visit() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(site.url().resolve("/api/x")).build();
    for (int i = 0; i < VISITS; i++) {
      HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    }
  }
}
