package io.crossfade.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.gate.CountedRequests.Metric;
import io.crossfade.gate.RequestTotals.Count;
import io.crossfade.localaws.Account;
import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.elb.HttpTarget;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.release.Colour;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.Side;
import io.crossfade.release.TransientFailure;
import io.crossfade.site.BookingSite;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

class CloudWatchRequestCountsTest {
  private static final String READ = "monitoring:GetMetricData";

  private final Account account = new Account(100);
  private final List<HttpTarget> targets = new CopyOnWriteArrayList<>();
  private final BookingSite site = site();
  private final RequestCounts counts =
      new CloudWatchRequestCounts(account.client(CloudWatchClient.builder()));
  private final ScaledClock clock = account.aws().clock();
  private final Instant start = clock.now();

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
    Await.until("the minutes show", () -> total(Metric.CANARY_2XX, Metric.CANARY_5XX) == 5);
    assertThat(total(Metric.CANARY_REQUESTS)).isEqualTo(5);
    assertThat(total(Metric.BALANCER_502, Metric.BALANCER_504)).isZero();
    assertThat(counted(blueAsCanary()).totals(start))
        .isEqualTo(new RequestTotals(new Count(0, 0), new Count(5, 2)));
    assertThat(counted(blueAsStable()).totals(start))
        .isEqualTo(new RequestTotals(new Count(5, 2), new Count(0, 0)));
  }

  @Test
  void whatTheLoadBalancerAnswersItselfIsNone() throws Exception {
    site.awaitHealthy();
    targets.forEach(HttpTarget::drops);
    visit("/api/x", 2);
    Await.until("the minutes show", () -> total(Metric.BALANCER_502) == 2);
    assertThat(total(Metric.CANARY_REQUESTS)).isEqualTo(2);
    assertThat(total(Metric.CANARY_2XX, Metric.CANARY_5XX)).isZero();
    assertThat(counted(blueAsCanary()).sums().get(Metric.CANARY_5XX)).isEmpty();
  }

  @Test
  void oneQuestionIsEnough() {
    counted(blueAsStable());
    assertThat(account.calls(READ)).isEqualTo(1);
  }

  @Test
  void throttlingThatDoesNotEndMayPass() {
    account.refuse(READ, 100, "ThrottlingException");
    assertThatThrownBy(() -> counted(blueAsStable())).isInstanceOf(TransientFailure.class);
  }

  @Test
  void countsTheRequestsOfTheOldGroupAndHasNothingForTheNew() throws Exception {
    site.awaitHealthy();
    Instant from = clock.now();
    awaitMinutesAfter(from, 1);
    visit("/api/x", 5);
    Instant last = clock.now();
    awaitMinutesAfter(last, 2);

    List<RequestMinute> minutes = minutes(from, clock.now());

    assertThat(
            minutes.stream()
                .map(RequestMinute::stable)
                .filter(Objects::nonNull)
                .mapToDouble(d -> d)
                .sum())
        .isEqualTo(5);
    assertThat(minutes).extracting(RequestMinute::canary).containsOnlyNulls();
    RequestMinute quiet = minutes.get(minutes.size() - 1);
    assertThat(quiet.stable()).isNull();
    assertThat(quiet.quiet()).isTrue();
  }

  @Test
  void countsTheRequestsOfTheNewGroup() throws Exception {
    site.awaitHealthy();
    account
        .aws()
        .ecs()
        .updateService(r -> r.cluster("site").service("backend-green").desiredCount(1));
    Await.until("green is healthy", this::greenIsHealthy);
    account
        .aws()
        .elb()
        .modifyRule(
            r ->
                r.ruleArn(site.backend().ruleArn())
                    .actions(BookingSite.forward(Map.of(site.backend().greenGroupArn(), 1))));
    awaitMinutesAfter(clock.now(), 1);
    Instant from = clock.now();
    awaitMinutesAfter(from, 1);
    visit("/api/x", 3);
    awaitMinutesAfter(clock.now(), 2);

    List<RequestMinute> minutes = minutes(from, clock.now());

    assertThat(
            minutes.stream()
                .map(RequestMinute::canary)
                .filter(Objects::nonNull)
                .mapToDouble(d -> d)
                .sum())
        .isEqualTo(3);
    assertThat(minutes).extracting(RequestMinute::stable).containsOnlyNulls();
  }

  private List<RequestMinute> minutes(Instant from, Instant to) {
    return counts.between(site.backend().ruleArn(), blueAsStable(), from, to).minutes(from, to);
  }

  private long total(Metric... metrics) {
    return counted(blueAsCanary()).total(start, metrics);
  }

  private CountedRequests counted(DeploymentTarget target) {
    return counts.between(site.backend().ruleArn(), target, start, clock.now().plusSeconds(1));
  }

  private DeploymentTarget blueAsStable() {
    return new DeploymentTarget("site", blue(), green());
  }

  private DeploymentTarget blueAsCanary() {
    return new DeploymentTarget("site", green(), blue());
  }

  private Side blue() {
    return new Side(Colour.BLUE, "backend-blue", site.backend().blueGroupArn());
  }

  private Side green() {
    return new Side(Colour.GREEN, "backend-green", site.backend().greenGroupArn());
  }

  private boolean greenIsHealthy() {
    return account
        .aws()
        .elb()
        .describeTargetHealth(r -> r.targetGroupArn(site.backend().greenGroupArn()))
        .targetHealthDescriptions()
        .stream()
        .anyMatch(t -> t.targetHealth().stateAsString().matches("healthy|unused"));
  }

  /** Until so many whole minutes of the world have begun since. */
  private void awaitMinutesAfter(Instant since, int minutes) {
    Instant begins = since.truncatedTo(ChronoUnit.MINUTES).plus(minutes, ChronoUnit.MINUTES);
    Await.until("the world's clock shows " + begins, () -> clock.now().isAfter(begins));
  }

  private void visit(String path, int times) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(site.url().resolve(path)).build();
    for (int i = 0; i < times; i++) {
      HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    }
  }
}
