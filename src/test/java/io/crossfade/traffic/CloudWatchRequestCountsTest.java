package io.crossfade.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.Account;
import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.release.Colour;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.Side;
import io.crossfade.release.TransientFailure;
import io.crossfade.site.BookingSite;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

class CloudWatchRequestCountsTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final String READ = "monitoring:GetMetricData";

  private final Account account = new Account(100);
  private final ScaledClock clock = account.aws().clock();
  private final BookingSite site = new BookingSite(account.aws(), BookingSite.Names.SAMPLE);
  private final ListenerRule rule = new ListenerRule(site.backend().ruleArn(), false, List.of());
  private final DeploymentTarget target =
      new DeploymentTarget(
          "site",
          new Side(Colour.BLUE, "backend-blue", site.backend().blueGroupArn()),
          new Side(Colour.GREEN, "backend-green", site.backend().greenGroupArn()));
  private final RequestCounts counts =
      new CloudWatchRequestCounts(account.client(CloudWatchClient.builder()));

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void countsTheRequestsOfTheOldGroupAndHasNothingForTheNew() throws Exception {
    site.awaitHealthy();
    Instant from = clock.now();
    awaitMinutesAfter(from, 1);
    visit(5);
    Instant last = clock.now();
    awaitMinutesAfter(last, 2);

    List<RequestMinute> minutes = counts.between(rule, target, from, clock.now());

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
                r.ruleArn(rule.arn())
                    .actions(BookingSite.forward(Map.of(site.backend().greenGroupArn(), 1))));
    awaitMinutesAfter(clock.now(), 1);
    Instant from = clock.now();
    awaitMinutesAfter(from, 1);
    visit(3);
    awaitMinutesAfter(clock.now(), 2);

    List<RequestMinute> minutes = counts.between(rule, target, from, clock.now());

    assertThat(
            minutes.stream()
                .map(RequestMinute::canary)
                .filter(Objects::nonNull)
                .mapToDouble(d -> d)
                .sum())
        .isEqualTo(3);
    assertThat(minutes).extracting(RequestMinute::stable).containsOnlyNulls();
  }

  @Test
  void onlyWholeMinutesCount() {
    assertThat(counts.between(rule, target, NOON.plusSeconds(1), NOON.plusSeconds(239)))
        .extracting(RequestMinute::start)
        .containsExactly(NOON.plusSeconds(60), NOON.plusSeconds(120));
    assertThat(counts.between(rule, target, NOON, NOON.plusSeconds(120)))
        .extracting(RequestMinute::start)
        .containsExactly(NOON, NOON.plusSeconds(60));
  }

  @Test
  void withoutAWholeMinuteNothingIsAsked() {
    assertThat(counts.between(rule, target, NOON.plusSeconds(1), NOON.plusSeconds(119))).isEmpty();
    assertThat(counts.between(rule, target, NOON.plusSeconds(30), NOON)).isEmpty();
    assertThat(account.calls(READ)).isZero();
  }

  @Test
  void throttlingThatDoesNotEndMayPass() {
    account.refuse(READ, 100, "ThrottlingException");
    assertThatThrownBy(() -> counts.between(rule, target, NOON, NOON.plusSeconds(60)))
        .isInstanceOf(TransientFailure.class);
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

  private void visit(int times) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(site.url().resolve("/api/x")).build();
    for (int i = 0; i < times; i++) {
      assertThat(
              HttpClient.newHttpClient()
                  .send(request, HttpResponse.BodyHandlers.discarding())
                  .statusCode())
          .isEqualTo(200);
    }
  }
}
