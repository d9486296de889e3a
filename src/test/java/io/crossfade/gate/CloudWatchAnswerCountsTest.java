package io.crossfade.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.gate.AnswerCounts.Counted;
import io.crossfade.localaws.Account;
import io.crossfade.localaws.elb.HttpTarget;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.release.Side;
import io.crossfade.site.BookingSite;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

class CloudWatchAnswerCountsTest {
  private static final String READ = "monitoring:GetMetricData";

  private final Account account = new Account(100);
  private final List<HttpTarget> targets = new CopyOnWriteArrayList<>();
  private final BookingSite site = site();
  private final AnswerCounts counts =
      new CloudWatchAnswerCounts(account.client(CloudWatchClient.builder()));
  private final Instant start = account.aws().clock().now();

  private BookingSite site() {
    account.aws().images().fallback(uri -> Optional.of(start -> Account.container(target(uri))));
    return new BookingSite(account.aws(), BookingSite.Names.SAMPLE);
  }

  private HttpTarget target(String name) {
    HttpTarget target = new HttpTarget(name);
    targets.add(target);
    return target;
  }

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void whateverATargetAnswersIsAnAnswer() throws Exception {
    site.awaitHealthy();
    visit("/api/x", 3);
    targets.forEach(target -> target.status(500));
    visit("/api/x", 2);
    Await.until("the minutes show", () -> counted(site.backend().blueGroupArn()).answered() == 5);
    assertThat(counted(site.backend().blueGroupArn())).isEqualTo(new Counted(5, 5, 0));
    assertThat(counted(site.backend().greenGroupArn())).isEqualTo(new Counted(0, 0, 0));
  }

  @Test
  void whatTheLoadBalancerAnswersItselfIsNone() throws Exception {
    site.awaitHealthy();
    targets.forEach(HttpTarget::drops);
    visit("/api/x", 2);
    Await.until("the minutes show", () -> counted(site.backend().blueGroupArn()).failed() == 2);
    assertThat(counted(site.backend().blueGroupArn())).isEqualTo(new Counted(2, 0, 2));
  }

  @Test
  void oneQuestionIsEnough() {
    counted(site.backend().greenGroupArn());
    assertThat(account.calls(READ)).isEqualTo(1);
  }

  @Test
  void throttlingThatDoesNotEndCannotBeMeasured() {
    account.refuse(READ, 100, "ThrottlingException");
    assertThat(
            counts.between(
                site.loadBalancerDimension(), "targetgroup/none/1", start, start.plusSeconds(60)))
        .isEqualTo(Optional.empty());
  }

  private Counted counted(String group) {
    return counts
        .between(
            site.loadBalancerDimension(),
            Side.dimensionOf(group),
            start,
            account.aws().clock().now().plusSeconds(1))
        .orElseThrow();
  }

  private void visit(String path, int times) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(site.url().resolve(path)).build();
    for (int i = 0; i < times; i++) {
      HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    }
  }
}
