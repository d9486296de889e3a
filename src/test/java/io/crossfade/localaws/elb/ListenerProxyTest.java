package io.crossfade.localaws.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum.HEALTHY;
import static software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum.UNHEALTHY;

import io.crossfade.localaws.sdk.Await;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

class ListenerProxyTest {
  private final LoadBalancedSite site = new LoadBalancedSite(60);

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void requestsFollowTheWeights() {
    site.register(site.blue, "blue");
    site.register(site.green, "green");
    assertThat(site.bodies(40)).containsOnly("blue");

    site.weights(50, 50);
    Await.until("green is served", () -> site.get("/api/x").body().equals("green"));
    List<String> shared = site.bodies(400);
    assertThat(Collections.frequency(shared, "green")).isBetween(140, 260);

    site.weights(0, 100);
    Await.until("blue is no longer served", () -> !site.bodies(20).contains("blue"));
    assertThat(site.bodies(40)).containsOnly("green");
  }

  @Test
  void aWriteTakesEffectOnlyAfterThePropagationDelay() {
    try (LoadBalancedSite slow = new LoadBalancedSite(1)) {
      slow.register(slow.blue, "blue");
      slow.register(slow.green, "green");
      Instant before = slow.clock.now();
      slow.weights(0, 100);
      Await.until("green is served", () -> slow.get("/api/x").body().equals("green"));
      assertThat(Duration.between(before, slow.clock.now()))
          .isGreaterThanOrEqualTo(LocalElb.PROPAGATION);
    }
  }

  @Test
  void pathsOutsideTheRuleGetTheDefaultAction() {
    site.register(site.blue, "blue");
    assertThat(site.get("/").statusCode()).isEqualTo(404);
    assertThat(site.get("/api/orders").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # path, header,  value,     reached
          /api/x, X-Test,  secret-1,  green
          /api/x, x-test,  SECRET-22, green
          /api/x, X-Test,  secret,    blue
          /api/x, X-Other, secret-1,  blue
          """)
  void aRuleWithAHeaderTakesOnlyRequestsThatHaveIt(
      String path, String header, String value, String reached) {
    site.register(site.blue, "blue");
    site.register(site.green, "green");
    RuleCondition secret =
        RuleCondition.builder()
            .field("http-header")
            .httpHeaderConfig(c -> c.httpHeaderName("X-Test").values("secret-*", "other"))
            .build();
    site.elb.createRule(
        r ->
            r.listenerArn(site.listener)
                .priority(5)
                .conditions(LoadBalancedSite.path("/api/*"), secret)
                .actions(LoadBalancedSite.forward(Map.of(site.green, 1))));

    assertThat(site.get(path, header, value).body()).isEqualTo(reached);
    assertThat(site.get("/", "X-Test", "secret-1").statusCode()).isEqualTo(404);
  }

  @Test
  void anAuthenticateActionLetsRequestsThrough() {
    site.register(site.blue, "blue");
    Action login =
        Action.builder()
            .type(ActionTypeEnum.AUTHENTICATE_COGNITO)
            .order(1)
            .authenticateCognitoConfig(c -> c.userPoolDomain("d"))
            .build();
    Action forward = LoadBalancedSite.forward(Map.of(site.blue, 1)).toBuilder().order(2).build();
    site.elb.modifyRule(r -> r.ruleArn(site.rule).actions(login, forward));
    assertThat(site.elb.describeRules(r -> r.ruleArns(site.rule)).rules().get(0).actions())
        .first()
        .isEqualTo(login);
    assertThat(site.get("/api/x").body()).isEqualTo("blue");
  }

  @Test
  void aGroupWithoutTargetsIs503AndAnUnreachableTarget502() {
    assertThat(site.get("/api/x").statusCode()).isEqualTo(503);
    site.register(site.blue, "blue").close();
    assertThat(site.get("/api/x").statusCode()).isEqualTo(502);
    RequestTotals totals = site.elb.totals(site.blue);
    assertThat(totals.balancerErrors()).isEqualTo(2);
    assertThat(totals.requests()).isEqualTo(1);
  }

  /**
   * Nothing of it is an answer of the target, and CloudWatch has it for the load balancer alone.
   */
  @ParameterizedTest
  @CsvSource({"false, 504", "true, 502"})
  void aTargetThatNeverAnswersIs504AndOneThatDropsIs502(boolean drops, int status) {
    HttpTarget target = new HttpTarget("blue");
    HttpTarget sick = drops ? target.drops() : target.takes(Duration.ofMinutes(5));
    site.register(site.blue, sick);
    assertThat(site.get("/api/x").statusCode()).isEqualTo(status);
    RequestTotals totals = site.elb.totals(site.blue);
    assertThat(totals).isEqualTo(new RequestTotals(1, 0, 0, 0, 0, 1));
    assertThat(totals.unanswered()).isEqualTo(1);
    String metric = "HTTPCode_ELB_%d_Count".formatted(status);
    assertThat(site.elb.metrics())
        .filteredOn(each -> each.metricName().equals(metric))
        .singleElement()
        .satisfies(each -> assertThat(each.dimensions()).hasSize(1));
    assertThat(site.elb.metrics())
        .extracting(Metric::metricName)
        .contains("RequestCount")
        .doesNotContain("TargetConnectionErrorCount");
  }

  @Test
  void aGroupWithOnlyUnhealthyTargetsFailsOpen() {
    HttpTarget sick = site.register(site.blue, new HttpTarget("sick").health(500));
    site.awaitState(site.blue, sick, UNHEALTHY);
    assertThat(site.get("/api/x").body()).isEqualTo("sick");
    HttpTarget well = site.register(site.blue, "well");
    site.awaitState(site.blue, well, HEALTHY);
    assertThat(site.bodies(10)).containsOnly("well");
  }

  @Test
  void aStickyVisitorStaysWithItsGroupWhateverTheWeights() {
    site.register(site.blue, "blue");
    site.register(site.green, "green");
    sticky(100, 0);
    Await.until(
        "a cookie", () -> site.get("/api/x").headers().firstValue("set-cookie").isPresent());
    HttpResponse<String> first = site.get("/api/x");
    String cookie = first.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
    assertThat(cookie).startsWith("AWSALBTG=");
    sticky(0, 100);
    Await.until("green is served", () -> site.get("/api/x").body().equals("green"));
    assertThat(site.get("/api/x", "Cookie", cookie).body()).isEqualTo("blue");
  }

  private void sticky(int blue, int green) {
    Action plain = LoadBalancedSite.forward(Map.of(site.blue, blue, site.green, green));
    Action action =
        plain.toBuilder()
            .forwardConfig(
                plain.forwardConfig().toBuilder()
                    .targetGroupStickinessConfig(s -> s.enabled(true).durationSeconds(86_400))
                    .build())
            .build();
    site.elb.modifyRule(r -> r.ruleArn(site.rule).actions(action));
  }

  @Test
  void countersFollowWhatTargetsAnswered() {
    HttpTarget target = site.register(site.blue, "blue");
    site.bodies(3);
    target.status(500);
    site.bodies(2);
    target.status(404);
    site.bodies(1);
    assertThat(site.elb.totals(site.blue)).isEqualTo(new RequestTotals(6, 3, 0, 1, 2, 0));
  }

  @Test
  void nothingIsInFlightOnceEverythingIsAnswered() {
    site.register(site.blue, "blue");
    assertThat(site.get("/api/x?q=1").statusCode()).isEqualTo(200);
    Await.until("nothing is in flight", () -> site.elb.proxy(site.listener).inFlight() == 0);
  }

  @Test
  void aHundredAndFiftyVisitorsAreServedWithoutAFailure() {
    site.register(site.blue, "blue-1");
    site.register(site.blue, "blue-2");
    site.register(site.green, "green");
    site.weights(75, 25);
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request =
        HttpRequest.newBuilder(site.uri("/api/orders"))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    List<CompletableFuture<List<Integer>>> visitors =
        IntStream.range(0, 150).mapToObj(i -> visit(http, request, 20)).toList();
    assertThat(visitors.stream().flatMap(visitor -> visitor.join().stream()))
        .hasSize(3000)
        .containsOnly(200);
    assertThat(site.elb.totals(site.blue).success() + site.elb.totals(site.green).success())
        .isEqualTo(3000);
  }

  private static CompletableFuture<List<Integer>> visit(
      HttpClient http, HttpRequest request, int times) {
    CompletableFuture<List<Integer>> statuses = CompletableFuture.completedFuture(List.of());
    for (int i = 0; i < times; i++) {
      statuses =
          statuses.thenCompose(
              before ->
                  http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                      .thenApply(answer -> with(before, answer.statusCode())));
    }
    return statuses;
  }

  private static List<Integer> with(List<Integer> before, int status) {
    List<Integer> all = new ArrayList<>(before);
    all.add(status);
    return all;
  }
}
