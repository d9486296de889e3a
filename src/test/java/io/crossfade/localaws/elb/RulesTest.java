package io.crossfade.localaws.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

class RulesTest {
  private final LoadBalancedSite site = new LoadBalancedSite(60);
  private final LocalElb elb = site.elb;

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void arnsHaveTheirRealShape() {
    assertThat(site.rule)
        .matches(
            "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/app/site"
                + "/[0-9a-f]{16}/[0-9a-f]{16}/[0-9a-f]{16}");
    assertThat(site.rule.replace(":listener-rule/", ":listener/")).startsWith(site.listener + "/");
    assertThat(site.blue).matches("arn:.*:targetgroup/api-blue/[0-9a-f]{16}");
    assertThat(site.loadBalancer).matches("arn:.*:loadbalancer/app/site/[0-9a-f]{16}");
  }

  @Test
  void aPageHasAHundredUnlessAskedOtherwise() {
    for (int priority = 100; priority < 200; priority++) {
      int each = priority;
      elb.createRule(
          r ->
              r.listenerArn(site.listener)
                  .priority(each)
                  .conditions(
                      RuleCondition.builder().field("path-pattern").values("/" + each).build())
                  .actions(Action.builder().type("forward").targetGroupArn(site.green).build()));
    }
    DescribeRulesResponse first = elb.describeRules(r -> r.listenerArn(site.listener));
    assertThat(first.rules()).hasSize(100);
    assertThat(
            elb.describeRules(r -> r.listenerArn(site.listener).marker(first.nextMarker())).rules())
        .extracting(Rule::priority)
        .containsExactly("199", "default");
  }

  @Test
  void describeRulesListsTheDefaultRuleLast() {
    List<Rule> rules = elb.describeRules(r -> r.listenerArn(site.listener)).rules();
    assertThat(rules).extracting(Rule::priority).containsExactly("10", "default");
    assertThat(rules).extracting(Rule::isDefault).containsExactly(false, true);
    assertThat(rules.get(1).ruleArn()).contains(":listener-rule/app/site/");
  }

  @Test
  void describeRulesAnswersInPages() {
    DescribeRulesResponse first = elb.describeRules(r -> r.listenerArn(site.listener).pageSize(1));
    DescribeRulesResponse second =
        elb.describeRules(r -> r.listenerArn(site.listener).pageSize(1).marker(first.nextMarker()));
    assertThat(first.rules()).extracting(Rule::priority).containsExactly("10");
    assertThat(second.rules()).extracting(Rule::priority).containsExactly("default");
    assertThat(second.nextMarker()).isNull();
  }

  @Test
  void oneGroupShowsAsScalarAndConfigSeveralOnlyAsConfig() {
    Action scalar = Action.builder().type(ActionTypeEnum.FORWARD).targetGroupArn(site.blue).build();
    assertThat(written(scalar).targetGroupArn()).isEqualTo(site.blue);
    assertThat(written(scalar).forwardConfig().targetGroups())
        .containsExactly(TargetGroupTuple.builder().targetGroupArn(site.blue).weight(1).build());
    Action several = LoadBalancedSite.forward(Map.of(site.blue, 1, site.green, 2));
    assertThat(written(several).targetGroupArn()).isNull();
    assertThat(written(several).forwardConfig().targetGroups()).hasSize(2);
  }

  private Action written(Action action) {
    elb.modifyRule(r -> r.ruleArn(site.rule).actions(action));
    return elb.describeRules(r -> r.ruleArns(site.rule)).rules().get(0).actions().get(0);
  }

  @Test
  void modifyRuleKeepsTheConditionsThatItDoesNotName() {
    site.weights(1, 1);
    assertThat(elb.describeRules(r -> r.ruleArns(site.rule)).rules().get(0).conditions())
        .containsExactly(LoadBalancedSite.path("/api/*"));
  }

  @Test
  void everyWriteIsJournalledAndToldToTheHook() {
    List<WeightChange> heard = new ArrayList<>();
    elb.onRuleWritten(heard::add);
    site.weights(75, 25);
    assertThat(elb.weightChanges(site.rule))
        .extracting(WeightChange::weights)
        .containsExactly(
            Map.of(site.blue, 100, site.green, 0), Map.of(site.blue, 75, site.green, 25));
    assertThat(heard).extracting(WeightChange::ruleArn).containsExactly(site.rule);
  }

  @Test
  void theDefaultRuleIsChangedThroughItsListenerOnly() {
    String defaultRule =
        elb.describeRules(r -> r.listenerArn(site.listener)).rules().get(1).ruleArn();
    Action forward = LoadBalancedSite.forward(Map.of(site.blue, 1, site.green, 1));
    refused(
        "OperationNotPermitted",
        () -> elb.modifyRule(r -> r.ruleArn(defaultRule).actions(forward)));
    elb.modifyListener(r -> r.listenerArn(site.listener).defaultActions(forward));
    assertThat(elb.weightChanges(defaultRule))
        .last()
        .extracting(WeightChange::weights)
        .isEqualTo(Map.of(site.blue, 1, site.green, 1));
  }

  @Test
  void weightsOutsideZeroTo999AreRefused() {
    refused("ValidationError", () -> site.weights(0, 1000));
    refused("ValidationError", () -> site.weights(-1, 1));
  }

  @Test
  void moreThanFiveTargetGroupsAreRefused() {
    Map<String, Integer> six = new LinkedHashMap<>();
    for (int i = 0; i < 6; i++) {
      six.put(site.group("g" + i), 1);
    }
    refused("ValidationError", () -> written(LoadBalancedSite.forward(six)));
  }

  @Test
  void anUnknownRuleAndAnUnknownTargetGroupAreNamed() {
    assertThatThrownBy(() -> elb.describeRules(r -> r.ruleArns(site.rule + "0")))
        .isInstanceOf(RuleNotFoundException.class);
    refused("RuleNotFound", () -> elb.describeRules(r -> r.ruleArns(site.rule + "0")));
    refused(
        "TargetGroupNotFound", () -> written(LoadBalancedSite.forward(Map.of(site.blue + "0", 1))));
  }

  @Test
  void scalarAndConfigMustAgree() {
    Action both =
        LoadBalancedSite.forward(Map.of(site.blue, 1, site.green, 1)).toBuilder()
            .targetGroupArn(site.blue)
            .build();
    refused("ValidationError", () -> written(both));
  }

  @Test
  void theForwardMustBeTheLastActionAndTheOnlyOne() {
    Action forward = LoadBalancedSite.forward(Map.of(site.blue, 1));
    Action login = Action.builder().type(ActionTypeEnum.AUTHENTICATE_OIDC).order(2).build();
    Action first = forward.toBuilder().order(1).build();
    Action second = forward.toBuilder().order(2).build();
    refused(
        "InvalidLoadBalancerAction",
        () -> elb.modifyRule(r -> r.ruleArn(site.rule).actions(first, login)));
    refused(
        "InvalidLoadBalancerAction",
        () -> elb.modifyRule(r -> r.ruleArn(site.rule).actions(first, second)));
  }

  @Test
  void aTargetGroupBelongsToOneLoadBalancer() {
    String other =
        elb.createLoadBalancer(r -> r.name("other")).loadBalancers().get(0).loadBalancerArn();
    String listener = site.listener(other, 80);
    refused(
        "TargetGroupAssociationLimit",
        () ->
            elb.modifyListener(
                r ->
                    r.listenerArn(listener)
                        .defaultActions(LoadBalancedSite.forward(Map.of(site.blue, 1)))));
  }

  @Test
  void stickyTargetsDemandAStickyRule() {
    site.attribute(site.green, "stickiness.enabled", "true");
    refused("InvalidLoadBalancerAction", () -> site.weights(1, 1));
  }

  @Test
  void targetGroupsNameTheLoadBalancerThatUsesThem() {
    assertThat(elb.describeTargetGroups(r -> r.loadBalancerArn(site.loadBalancer)).targetGroups())
        .extracting(TargetGroup::targetGroupName)
        .containsExactly("api-blue", "api-green");
    String spare = site.group("spare");
    assertThat(
            elb.describeTargetGroups(r -> r.targetGroupArns(spare))
                .targetGroups()
                .get(0)
                .loadBalancerArns())
        .isEmpty();
  }

  private static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            error -> {
              assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(error.statusCode()).isEqualTo(400);
            });
  }
}
