package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.localaws.sdk.Arns;
import io.crossfade.site.BookingSite;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Other people's rules: a release changes their weights and nothing else. */
class RuleShapesStory {
  private static final Action LOGIN =
      Action.builder()
          .type(ActionTypeEnum.AUTHENTICATE_OIDC)
          .order(1)
          .authenticateOidcConfig(
              c ->
                  c.issuer("https://login.example")
                      .authorizationEndpoint("https://login.example/authorize")
                      .tokenEndpoint("https://login.example/token")
                      .userInfoEndpoint("https://login.example/user")
                      .clientId("site")
                      .clientSecret("hidden")
                      .scope("openid email")
                      .sessionTimeout(3600L))
          .build();

  private static final Action COGNITO =
      Action.builder()
          .type(ActionTypeEnum.AUTHENTICATE_COGNITO)
          .order(1)
          .authenticateCognitoConfig(
              c ->
                  c.userPoolArn(Arns.of("cognito-idp", "userpool/eu-central-1_Visitors1"))
                      .userPoolClientId("site")
                      .userPoolDomain("visitors")
                      .sessionTimeout(3600L))
          .build();

  @Test
  void anAuthenticationInFrontStaysInFront() throws Exception {
    try (StoryStack world = new StoryStack()) {
      BookingSite.Application backend = world.site.backend();
      Action forward = weighted(backend, 100, 0).toBuilder().order(2).build();
      world.aws.elb().modifyRule(r -> r.ruleArn(backend.ruleArn()).actions(LOGIN, forward));
      Action login = world.actions(backend.ruleArn()).get(0);

      released(world);

      List<Action> actions = world.actions(backend.ruleArn());
      assertThat(actions).hasSize(2);
      assertThat(actions.get(0)).isEqualTo(login);
      assertThat(actions.get(1).order()).isEqualTo(2);
      assertThat(weights(actions.get(1)))
          .isEqualTo(Map.of(backend.blueGroupArn(), 0, backend.greenGroupArn(), 100));
    }
  }

  @Test
  void aRollbackKeepsTheAuthenticationToo() throws Exception {
    try (StoryStack world = new StoryStack()) {
      BookingSite.Application backend = world.site.backend();
      Action forward = weighted(backend, 1, 0).toBuilder().order(2).build();
      world.aws.elb().modifyRule(r -> r.ruleArn(backend.ruleArn()).actions(LOGIN, forward));
      List<Action> before = world.actions(backend.ruleArn());

      rolledBackAtFifty(world);

      assertThat(world.actions(backend.ruleArn())).isEqualTo(before);
    }
  }

  @Test
  void aScalarForwardBecomesWeightedAndGoesBackToScalar() throws Exception {
    try (StoryStack world = new StoryStack()) {
      BookingSite.Application backend = world.site.backend();
      Action scalar =
          Action.builder()
              .type(ActionTypeEnum.FORWARD)
              .targetGroupArn(backend.blueGroupArn())
              .build();
      world.aws.elb().modifyRule(r -> r.ruleArn(backend.ruleArn()).actions(scalar));
      List<Action> before = world.actions(backend.ruleArn());

      rolledBackAtFifty(world);
      assertThat(world.actions(backend.ruleArn())).isEqualTo(before);

      released(world);
      assertThat(weights(world.actions(backend.ruleArn()).get(0)))
          .isEqualTo(Map.of(backend.blueGroupArn(), 0, backend.greenGroupArn(), 100));
    }
  }

  @Test
  void aRuleWithOneTargetGroupGetsTheIdleOneFirstAtZero() throws Exception {
    try (StoryStack world = new StoryStack()) {
      BookingSite.Application backend = world.site.backend();
      Action alone = BookingSite.forward(Map.of(backend.blueGroupArn(), 1));
      world.aws.elb().modifyRule(r -> r.ruleArn(backend.ruleArn()).actions(alone));
      int changesBefore = world.aws.elb().weightChanges(backend.ruleArn()).size();

      released(world);

      assertThat(world.aws.elb().weightChanges(backend.ruleArn()).get(changesBefore).weights())
          .isEqualTo(Map.of(backend.blueGroupArn(), 100, backend.greenGroupArn(), 0));
    }
  }

  @Test
  void theDefaultRuleIsChangedThroughItsListener() throws Exception {
    try (StoryStack world = new StoryStack()) {
      BookingSite.Application backend = world.site.backend();
      world.aws.elb().deleteRule(r -> r.ruleArn(backend.ruleArn()));
      world
          .aws
          .elb()
          .modifyListener(
              r ->
                  r.listenerArn(world.site.listenerArn())
                      .defaultActions(weighted(backend, 100, 0)));
      String defaultRule = defaultRule(world);

      String input = world.release().replace(backend.ruleArn(), defaultRule);
      DescribeExecutionResponse ended = world.run(input);

      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(weights(world.actions(defaultRule).get(0)))
          .isEqualTo(Map.of(backend.blueGroupArn(), 0, backend.greenGroupArn(), 100));
      assertThat(world.calls()).doesNotContainKey("elasticloadbalancing:ModifyRule");
    }
  }

  @Test
  void aDefaultRuleWithACognitoLoginIsPutBackThroughItsListener() throws Exception {
    try (StoryStack world = new StoryStack()) {
      BookingSite.Application backend = world.site.backend();
      world.aws.elb().deleteRule(r -> r.ruleArn(backend.ruleArn()));
      Action alone =
          BookingSite.forward(Map.of(backend.blueGroupArn(), 1)).toBuilder().order(2).build();
      world
          .aws
          .elb()
          .modifyListener(
              r -> r.listenerArn(world.site.listenerArn()).defaultActions(COGNITO, alone));
      String defaultRule = defaultRule(world);
      List<Action> before = world.actions(defaultRule);
      String gauge = world.gauge();
      world
          .aws
          .elb()
          .onRuleWritten(
              change -> {
                if (StoryStack.share(change.weights(), backend) == 25) {
                  world.breach(gauge);
                }
              });

      DescribeExecutionResponse ended =
          world.run(
              world
                  .release(backend, ", \"alarms\": [\"" + gauge + "\"]")
                  .replace(backend.ruleArn(), defaultRule));

      assertThat(ended.error()).as(ended.cause()).isEqualTo("RolledBack");
      assertThat(ended.cause()).containsPattern("at the step at 25 %: " + StoryStack.fired(gauge));
      assertThat(world.actions(defaultRule)).isEqualTo(before);
      assertThat(world.calls()).doesNotContainKey("elasticloadbalancing:ModifyRule");
    }
  }

  private static String defaultRule(StoryStack world) {
    return world
        .aws
        .elb()
        .describeRules(r -> r.listenerArn(world.site.listenerArn()))
        .rules()
        .stream()
        .filter(rule -> rule.isDefault())
        .findFirst()
        .orElseThrow()
        .ruleArn();
  }

  @Test
  void frontendAndBackendDoNotTouchEachOther() throws Exception {
    try (StoryStack world = new StoryStack()) {
      List<Action> frontend = world.actions(world.site.frontend().ruleArn());
      released(world);
      assertThat(world.actions(world.site.frontend().ruleArn())).isEqualTo(frontend);
      assertThat(world.service("frontend-blue").desiredCount()).isEqualTo(2);

      List<Action> backend = world.actions(world.site.backend().ruleArn());
      world.images.pushFrontend(
          "registry.example/frontend:2", io.crossfade.site.SiteVersion.good("frontend-2"));
      DescribeExecutionResponse ended =
          world.run(
              world
                  .release(world.site.frontend(), "")
                  .replace(StoryStack.NEW_IMAGE, "registry.example/frontend:2"));

      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(world.actions(world.site.backend().ruleArn())).isEqualTo(backend);
      assertThat(world.weights(world.site.frontend())).containsExactly(0, 25, 50, 75, 100);
      assertThat(world.service("backend-green").desiredCount()).isEqualTo(2);
    }
  }

  private static void released(StoryStack world) throws InterruptedException {
    DescribeExecutionResponse ended = world.run(world.release());
    assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  private static void rolledBackAtFifty(StoryStack world) throws InterruptedException {
    String gauge = world.gauge();
    world.atShare(50, () -> world.breach(gauge));
    DescribeExecutionResponse ended =
        world.run(world.release(world.site.backend(), ", \"alarms\": [\"" + gauge + "\"]"));
    assertThat(ended.error()).as(ended.cause()).isEqualTo("RolledBack");
    world.aws.cloudWatch().deleteAlarms(r -> r.alarmNames(gauge));
  }

  private static Action weighted(BookingSite.Application application, int blue, int green) {
    return BookingSite.forward(
        Map.of(application.blueGroupArn(), blue, application.greenGroupArn(), green));
  }

  private static Map<String, Integer> weights(Action forward) {
    Map<String, Integer> weights = new java.util.TreeMap<>();
    for (TargetGroupTuple tuple : forward.forwardConfig().targetGroups()) {
      weights.put(tuple.targetGroupArn(), tuple.weight());
    }
    return weights;
  }
}
