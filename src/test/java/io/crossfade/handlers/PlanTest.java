package io.crossfade.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.command.Freeze;
import io.crossfade.localaws.faults.ErrorInjector;
import io.crossfade.localaws.slack.LocalSlack;
import io.crossfade.localaws.states.LocalStepFunctions;
import io.crossfade.localaws.wire.Call;
import io.crossfade.localaws.wire.CallInterceptor;
import io.crossfade.lock.Lock;
import io.crossfade.lock.ReleasedBuild;
import io.crossfade.release.Sample;
import io.crossfade.site.BookingSite;
import io.crossfade.slack.SecretsManagerSlackSecrets;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;
import software.amazon.awssdk.services.sfn.SfnClient;

@QuarkusTest
@TestProfile(HandlersProfile.class)
class PlanTest extends HandlerTest {
  PlanTest() {
    super("plan");
  }

  private final LocalSlack slack = SlackResource.slack();

  @BeforeEach
  void openSlack() {
    slack.reset();
    secret(slack.botSecret());
    Arc.container().instance(SecretsManagerSlackSecrets.class).destroy();
  }

  /** For a function that has just started: a warm one keeps the secret that it has read. */
  private void secret(String secret) {
    aws.secrets().store(LocalSlack.SECRET_NAME, secret);
  }

  @Override
  ObjectNode ordinary() {
    return payload(input(), NOW);
  }

  private ObjectNode input() {
    return json.createObjectNode()
        .put("imageUri", Sample.IMAGE)
        .put("BASE_SERVICE_NAME", "backend")
        .put("rule_arn", backend.ruleArn());
  }

  @Test
  void plansAndKeepsTheSnapshot() throws IOException {
    JsonNode answer = call(ordinary());

    assertThat(action(answer)).isEqualTo("START");
    assertThat(answer.at("/id").asText()).isEqualTo("run-1");
    assertThat(answer.at("/target/stable/service").asText()).isEqualTo("backend-blue");
    assertThat(answer.at("/target/canary/targetGroupArn").asText())
        .isEqualTo(backend.greenGroupArn());
    assertThat(answer.at("/release/container").asText()).isEqualTo("app");
    assertThat(answer.at("/snapshot/stable/desiredCount").asInt()).isEqualTo(2);
    assertThat(answer.at("/snapshot/takenAt").asText()).isEqualTo(NOW.toString());
    assertThat(keptSnapshot()).isEqualTo(withoutCalls(answer));
    assertThat(changes()).containsExactly("s3:PutObject");
  }

  @Test
  void theTestRuleIsPartOfTheSnapshot() {
    String testRule = site.addTestRule(backend);
    JsonNode answer = call(payload(input().put("test_rule_arn", testRule), NOW));
    assertThat(action(answer)).isEqualTo("START");
    assertThat(answer.at("/snapshot/testActions/0/Type").asText()).isEqualTo("forward");
    assertThat(answer.at("/snapshot/testActions")).isEqualTo(answer.at("/snapshot/actions"));
    ObjectNode dry = input().put("test_rule_arn", testRule).put("dryRun", true);
    assertThat(reason(call(payload(dry, NOW))))
        .contains("\ntest rule: backend-green 100 %, backend-blue 0 %, before any user\n");
  }

  /** It would show once the rule is shifted. AWS answers with what a site's rule may have, too. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"http": {"path": "/api/x"}}     | as-it-is     | START  |
          {"http": {"path": "/x"}}         | as-it-is     | REFUSE | check "smoke": the test rule does not take the path /x
          {"http": {"path": "/api/x"}}     | query-string | REFUSE | the test rule has a condition on query-string that no check can meet; let it ask for values of a header, host, path or method
          {"http": {"path": "/api/x"}}     | regex        | REFUSE | the test rule has a condition on http-header that no check can meet; let it ask for values of a header, host, path or method
          {"lambda": {"function": "smoke"}} | regex       | REFUSE | the test rule has a condition on http-header that no check can meet; let it ask for values of a header, host, path or method
          {"task": {"command": ["smoke"]}} | regex        | START  |
          """)
  void aTestRuleMustTakeWhatTheChecksSend(
      String check, String conditions, String action, String reason) throws IOException {
    ObjectNode input = input().put("test_rule_arn", site.addTestRule(backend));
    ObjectNode smoke = (ObjectNode) json.readTree(check);
    input.putArray("checks").add(smoke.put("name", "smoke"));
    edit(
        "elasticloadbalancing:DescribeRules",
        body ->
            switch (conditions) {
              case "query-string" -> body.replace(">http-header<", ">query-string<");
              case "regex" ->
                  body.replaceAll(
                      "(<HttpHeaderConfig>.*?)<Values>(.*?)</Values>",
                      "$1<RegexValues>$2</RegexValues>");
              default -> body;
            });
    forgetCalls();

    JsonNode answer = call(payload(input, NOW));

    assertThat(action(answer)).as(reason(answer)).isEqualTo(action);
    if (reason != null) {
      assertThat(reason(answer)).isEqualTo(reason);
    }
    assertThat(changes()).isSubsetOf("s3:PutObject");
  }

  /** Its requests would end at a service without tasks. */
  @Test
  void aTestRuleThatIsNotNamedIsRefused() {
    site.addTestRule(backend);
    JsonNode answer = call(ordinary());
    assertThat(action(answer)).isEqualTo("REFUSE");
    assertThat(reason(answer)).contains("name one as test_rule_arn");
  }

  /** Two releases cannot have one test rule: its group belongs to one of them. */
  @Test
  void theTestRuleOfAnotherApplicationIsRefused() {
    String testRule = site.addTestRule(site.frontend());
    JsonNode answer = call(payload(input().put("test_rule_arn", testRule), NOW));
    assertThat(action(answer)).isEqualTo("REFUSE");
    assertThat(reason(answer))
        .startsWith("the test rule forwards to targetgroup/frontend-")
        .contains("before a release all of it must go to targetgroup/backend-blue/");
    assertThat(lock().released()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bot     | member     | START  |
          webhook | member     | START  |
          webhook | removed    | START  |
          bot     | removed    | REFUSE | Slack answered not_in_channel to chat.postMessage
          bot     | revoked    | REFUSE | Slack does not accept the bot token (token_revoked)
          webhook | revoked    | REFUSE | Slack does not accept the incoming webhook (HTTP 404)
          wrong   | member     | REFUSE | Slack does not accept the bot token (invalid_auth)
          empty   | member     | REFUSE | the Slack secret must be a JSON object with signingSecret, and botToken or webhookUrl
          bot     | not there  | REFUSE | Slack answered channel_not_found to chat.postMessage
          """)
  void whoCannotBeAskedIsNotReleasedTo(String secret, String app, String action, String why) {
    secret(
        switch (secret) {
          case "webhook" -> slack.webhookSecret();
          case "wrong" -> slack.botSecret().replace("xoxb-", "xoxb-0");
          case "empty" -> "{}";
          default -> slack.botSecret();
        });
    switch (app) {
      case "removed" -> slack.removeBot();
      case "revoked" -> slack.revoke();
      case "not there" -> slack.refuse("channel_not_found", 1);
      default -> {}
    }

    JsonNode answer = call(ordinary());

    assertThat(action(answer)).isEqualTo(action);
    if (action.equals("REFUSE")) {
      assertThat(reason(answer)).isEqualTo("nobody can be asked for approval: " + why);
      assertThat(slack.messages()).isEmpty();
      assertThat(lock().released()).isTrue();
    } else {
      assertThat(slack.messages())
          .singleElement()
          .satisfies(m -> assertThat(m.text()).contains("backend: a release begins"));
      assertThat(lock().released()).isFalse();
    }
  }

  @Test
  void aSecretThatMayNotBeReadIsARefusal() {
    intercept(
        new ErrorInjector(
            "secretsmanager:GetSecretValue", Integer.MAX_VALUE, "AccessDeniedException", 400));
    JsonNode answer = call(ordinary());
    assertThat(action(answer)).isEqualTo("REFUSE");
    assertThat(reason(answer))
        .startsWith("nobody can be asked for approval: ")
        .contains("AccessDeniedException");
  }

  @Test
  void slackThatIsDownIsTriedAgainWithoutTheLock() {
    slack.outage(1);
    JsonNode error = fail(ordinary());
    assertThat(error.get("errorType").asText()).isEqualTo("io.crossfade.release.TransientFailure");
    assertThat(lock().released()).isTrue();
    assertThat(action(call(ordinary()))).isEqualTo("START");
  }

  @Test
  void aStackThatSaysNothingForbidsToSkipTheApproval() {
    JsonNode answer = call(payload(input().put("approval", "skip"), NOW));
    assertThat(action(answer)).isEqualTo("REFUSE");
    assertThat(reason(answer))
        .isEqualTo(
            "approval: found \"skip\", expected {\"timeoutSeconds\": 3600}, because this stack has"
                + " AllowSkippedApproval=false");
    assertThat(changes()).isEmpty();
  }

  @Test
  void readsAStoredRelease() {
    aws.s3().createBucket("artifacts");
    aws.s3()
        .put("artifacts", "imageDetail.json", input().toString().getBytes(StandardCharsets.UTF_8));
    ObjectNode stored = json.createObjectNode().put("bucket", "artifacts");
    JsonNode answer = call(payload(stored.put("key", "imageDetail.json"), NOW));
    assertThat(action(answer)).isEqualTo("START");
  }

  @Test
  void aDryRunChangesNothing() {
    JsonNode answer = call(payload(input().put("dryRun", true), NOW));
    assertThat(action(answer)).isEqualTo("DRY_RUN");
    assertThat(reason(answer)).contains("rule: backend-green 25 %, backend-blue 75 %");
    assertThat(changes()).isEmpty();
  }

  @Test
  void refusesAMisspeltField() {
    JsonNode answer = call(payload(input().put("aprroval", "skip"), NOW));
    assertThat(action(answer)).isEqualTo("REFUSE");
    assertThat(reason(answer)).contains("aprroval", "\"approval\" (did you mean this?)");
    assertThat(answer.get("release").isNull()).isTrue();
    assertThat(changes()).isEmpty();
  }

  @Test
  void refusesARuleThatIsHalfWay() {
    weights(50, 50);
    JsonNode answer = call(ordinary());
    assertThat(action(answer)).isEqualTo("REFUSE");
    assertThat(reason(answer)).contains("divides its traffic already");
  }

  @Test
  void refusesTargetGroupsThatASecondListenerForwardsToUnlessOverridden() {
    String test = secondListener();

    JsonNode answer = call(ordinary());

    assertThat(action(answer)).isEqualTo("REFUSE");
    assertThat(reason(answer))
        .contains(test + " (default) forwards to targetgroup/backend-blue/")
        .endsWith("or override shared-target-group with a reason");
    ObjectNode overridden = input();
    overridden
        .putObject("override")
        .put("by", "An")
        .put("why", "a test listener")
        .putArray("checks")
        .add("shared-target-group");
    assertThat(action(call(payload(overridden, NOW)))).isEqualTo("START");
  }

  /** Its default rule, which forwards to blue, as the refusal names it. */
  private String secondListener() {
    String listener = site.listenerArn();
    String balancer =
        listener.substring(0, listener.lastIndexOf('/')).replace(":listener/", ":loadbalancer/");
    String second =
        aws.elb()
            .createListener(
                r ->
                    r.loadBalancerArn(balancer)
                        .protocol("HTTP")
                        .port(8443)
                        .defaultActions(BookingSite.forward(Map.of(backend.blueGroupArn(), 1))))
            .listeners()
            .get(0)
            .listenerArn();
    String rule = aws.elb().describeRules(r -> r.listenerArn(second)).rules().get(0).ruleArn();
    return rule.substring(rule.indexOf(":listener-rule/") + 1);
  }

  @Test
  void refusesWhatACopyOrAChangeWouldLose() {
    edit(
        "ecs:DescribeTaskDefinition",
        body -> body.replace("\"image\":", "\"gpuShare\":{\"of\":2},\"image\":"));
    edit(
        "elasticloadbalancing:DescribeRules",
        body -> body.replace("<ForwardConfig>", "<ForwardConfig><Mirror>b</Mirror>"));

    JsonNode answer = call(ordinary());

    assertThat(action(answer)).isEqualTo("REFUSE");
    assertThat(reason(answer))
        .isEqualTo(
            "AWS describes taskDefinition.containerDefinitions[0].gpuShare,"
                + " rule.Actions[0].ForwardConfig.Mirror, which this build does not know,"
                + " so a release would lose it; take it out, or deploy a build with a newer AWS"
                + " SDK");
    assertThat(lock().released()).isTrue();
  }

  /** With the two rules exchanged all users would get the new version at once. */
  @ParameterizedTest
  @CsvSource({"false, false, REFUSE", "true, true, REFUSE", "true, false, START"})
  void aRuleThatUsersTakeIsNoTestRule(boolean released, boolean live, String action) {
    String testRule = site.addTestRule(backend);
    ReleasedBuild build = live ? new ReleasedBuild("run-0", Sample.IMAGE, null, null, null) : null;
    String other = Sample.EXECUTION.replace("run-1", "run-0");
    lock(new Lock(testRule, "run-0", other, Sample.START, released, build));
    JsonNode answer = call(payload(input().put("test_rule_arn", testRule), NOW));
    assertThat(action(answer)).isEqualTo(action);
    if (action.equals("REFUSE")) {
      assertThat(reason(answer))
          .startsWith("test_rule_arn is the rule of run-0 (")
          .endsWith("; a test rule is one that no user takes");
      assertThat(lock().released()).isTrue();
    }
  }

  @Test
  void aFreezeOfTheTestRuleHoldsTheReleaseToo() {
    String testRule = site.addTestRule(backend);
    store(
        "freezes/%s.json".formatted(testRule.replaceAll("[^A-Za-z0-9-]", "_")),
        new Freeze(testRule, "ann", "holiday", NOW.minusSeconds(60), NOW.plusSeconds(60)));
    JsonNode answer = call(payload(input().put("test_rule_arn", testRule), NOW));
    assertThat(action(answer)).isEqualTo("REFUSE");
    assertThat(reason(answer)).startsWith(testRule + " is frozen until ");
  }

  @Test
  void refusesWhatAChangeOfTheTestRuleWouldLose() {
    String testRule = site.addTestRule(backend);
    edit(
        "elasticloadbalancing:DescribeRules",
        body -> body.replace("<ForwardConfig>", "<ForwardConfig><Mirror>b</Mirror>"));
    JsonNode answer = call(payload(input().put("test_rule_arn", testRule), NOW));
    assertThat(reason(answer))
        .startsWith(
            "AWS describes rule.Actions[0].ForwardConfig.Mirror,"
                + " test rule.Actions[0].ForwardConfig.Mirror, which this build does not know");
  }

  @Test
  void startsBesideWhatNeitherACopyNorAChangeTouches() {
    edit(
        "ecs:DescribeServices",
        body -> body.replace("\"serviceName\":", "\"mood\":\"good\",\"serviceName\":"));
    edit(
        "ecs:DescribeTaskDefinition",
        body -> body.replace("\"image\":", "\"gpuShare\":false,\"image\":"));
    edit(
        "elasticloadbalancing:DescribeRules",
        body -> body.replace("<Priority>", "<Mood>good</Mood><Priority>"));
    assertThat(action(call(ordinary()))).isEqualTo("START");
  }

  @Test
  void anObjectThatIsNotThereIsAnErrorByItsClassName() {
    ObjectNode stored = json.createObjectNode().put("bucket", "crossfade-state");
    JsonNode error = fail(payload(stored.put("key", "missing.json"), NOW));
    assertThat(error.get("errorType").asText()).isEqualTo("io.crossfade.release.PermanentFailure");
    assertThat(error.get("errorMessage").asText()).contains("s3://crossfade-state/missing.json");
  }

  @Test
  void refusesWhileAnotherDeploymentHasTheLock() {
    aws.gateway()
        .serve(
            "states",
            SfnClient.class,
            new LocalStepFunctions(aws.clock(), (name, payload) -> null));
    loseTheLock();

    JsonNode answer = call(ordinary());

    assertThat(action(answer)).isEqualTo("REFUSE");
    assertThat(reason(answer)).startsWith("this rule is locked by run-2 (arn:aws:states:");
    assertThat(changes()).isEmpty();
  }

  @Test
  void takesALockThatWasGivenBackAndKeepsWhatItSaysOfTheLiveBuild() {
    ReleasedBuild stable = new ReleasedBuild("run-0", "image:1", NOW, null, null);
    lock(held("run-0").withLive(stable).givenBack());

    assertThat(action(call(ordinary()))).isEqualTo("START");

    assertThat(lock()).isEqualTo(held("run-1").withLive(stable));
  }

  @Test
  void refusesABuildThatIsOlderThanTheLiveOne() {
    lock(
        held("run-0").withLive(new ReleasedBuild("run-0", "image:1", NOW, null, null)).givenBack());
    JsonNode answer = call(payload(input().put("createdAt", NOW.minusSeconds(1).toString()), NOW));
    assertThat(action(answer)).isEqualTo("REFUSE");
    assertThat(reason(answer)).contains("is older than the live one", "override older-build");
    assertThat(changes()).isEmpty();
  }

  @Test
  void aRefusedPlanGivesTheLockBack() {
    weights(50, 50);
    call(ordinary());
    assertThat(lock().released()).isTrue();
  }

  private Lock held(String deployment) {
    String execution = Sample.EXECUTION.replace("run-1", deployment);
    return Lock.taken(backend.ruleArn(), deployment, execution, NOW);
  }

  @Test
  void anErrorGivesTheLockBack() {
    ObjectNode payload = ordinary();
    aws.elb().deleteRule(r -> r.ruleArn(backend.ruleArn()));
    fail(payload);
    assertThat(lock().released()).isTrue();
  }

  /** Step Functions forgets executions after 90 days, and then whoever has the lock. */
  @Test
  void takesALockWhoseExecutionIsForgotten() {
    aws.gateway()
        .serve(
            "states",
            SfnClient.class,
            new LocalStepFunctions(aws.clock(), (name, payload) -> null));
    String execution = Sample.EXECUTION.replace("run-1", "run-0");
    Instant then = NOW.minusSeconds(Lock.LONGEST_EXECUTION_SECONDS + 1);
    lock(Lock.taken(backend.ruleArn(), "run-0", execution, then));

    assertThat(action(call(ordinary()))).isEqualTo("START");
    assertThat(lock()).isEqualTo(held("run-1"));
  }

  private void freeze(String key, String rule, Instant until) {
    store("freezes/%s.json".formatted(key), new Freeze(rule, "arn:ann", "dinner", NOW, until));
  }

  @Test
  void aFrozenRuleIsNotReleasedTo() {
    freeze("stack", null, NOW.plusSeconds(60));
    JsonNode answer = call(ordinary());
    assertThat(action(answer)).isEqualTo("REFUSE");
    assertThat(reason(answer))
        .isEqualTo(
            "every rule is frozen until %s by arn:ann: dinner; wait, unfreeze it, or override frozen with a reason"
                .formatted(NOW.plusSeconds(60)));
    assertThat(changes()).containsOnly("s3:PutObject");
    assertThat(lock().released()).isTrue();
  }

  @Test
  void aFreezeOfTheRuleItselfCountsToo() {
    String key = backend.ruleArn().replaceAll("[^A-Za-z0-9-]", "_");
    freeze(key, backend.ruleArn(), NOW.plusSeconds(60));
    assertThat(action(call(ordinary()))).isEqualTo("REFUSE");
  }

  @Test
  void aFreezeThatIsOverRefusesNothing() {
    freeze("stack", null, NOW);
    assertThat(action(call(ordinary()))).isEqualTo("START");
  }

  @Test
  void aFreezeIsPassedOverOnTheRecord() {
    freeze("stack", null, NOW.plusSeconds(60));
    ObjectNode input = input();
    input
        .putObject("override")
        .put("by", "An")
        .put("why", "the shop is down")
        .putArray("checks")
        .add("frozen");
    JsonNode answer = call(payload(input, NOW));
    assertThat(action(answer)).isEqualTo("START");
    assertThat(answer.at("/release/override/checks/0").asText()).isEqualTo("FROZEN");
  }

  /** What CloudWatch shows of the load balancer's requests. */
  private void requests(double... minutes) {
    intercept(
        new CallInterceptor() {
          @Override
          @SuppressWarnings("unchecked")
          public <R> R around(Call call, Supplier<R> effect) {
            return call.name().equals("monitoring:GetMetricData")
                ? (R) shown(minutes)
                : effect.get();
          }
        });
  }

  private static GetMetricDataResponse shown(double... minutes) {
    MetricDataResult result =
        MetricDataResult.builder()
            .id("requests")
            .statusCode(StatusCode.COMPLETE)
            .timestamps(
                IntStream.range(0, minutes.length)
                    .mapToObj(minute -> NOW.minusSeconds(60L * (minute + 1)))
                    .toList())
            .values(Arrays.stream(minutes).boxed().toList())
            .build();
    return GetMetricDataResponse.builder().metricDataResults(result).build();
  }

  @Test
  void nothingIsReleasedWhileTheLoadBalancerIsBusy() {
    requests(800, 1001, 3);
    JsonNode answer = call(ordinary());
    assertThat(action(answer)).isEqualTo("REFUSE");
    assertThat(reason(answer))
        .startsWith("the load balancer had 1,001 requests in one of the last 5 minutes");
    assertThat(changes()).containsOnly("s3:PutObject");
    assertThat(lock().released()).isTrue();
  }

  @Test
  void aLoadBalancerThatIsNotBusyIsReleasedTo() {
    requests(800, 1000, 3);
    assertThat(action(call(ordinary()))).isEqualTo("START");
  }

  @Test
  void aBusyLoadBalancerIsPassedOverOnTheRecord() {
    requests(9999);
    ObjectNode input = input();
    input.putObject("override").put("by", "An").put("why", "so").putArray("checks").add("busy");
    JsonNode answer = call(payload(input, NOW));
    assertThat(action(answer)).isEqualTo("START");
    assertThat(answer.at("/release/override/checks/0").asText()).isEqualTo("BUSY");
  }

  @Test
  void aRateThatCannotBeReadIsNoLeaveToStart() {
    intercept(
        new ErrorInjector("monitoring:GetMetricData", Integer.MAX_VALUE, "InternalFailure", 500));
    JsonNode error = fail(ordinary());
    assertThat(error.get("errorType").asText()).isEqualTo("io.crossfade.release.TransientFailure");
    assertThat(lock().released()).isTrue();
  }
}
