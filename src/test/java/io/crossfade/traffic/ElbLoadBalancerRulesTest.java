package io.crossfade.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.Account;
import io.crossfade.localaws.elb.LocalElb;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.TransientFailure;
import io.crossfade.site.BookingSite;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

class ElbLoadBalancerRulesTest {
  private static final Action NOT_FOUND =
      Action.builder()
          .type(ActionTypeEnum.FIXED_RESPONSE)
          .fixedResponseConfig(f -> f.statusCode("404"))
          .build();

  private final Account account = new Account();
  private final LocalElb elb = account.aws().elb();
  private final LoadBalancerRules rules =
      new ElbLoadBalancerRules(account.client(ElasticLoadBalancingV2Client.builder()));
  private final String blue = group("api-blue");
  private final String green = group("api-green");
  private final String balancer = balancer("api");
  private final String listener = listener(balancer, 80, NOT_FOUND);

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void aGroupThatNoRuleNamesHasNone() {
    assertThat(rules.around(List.of(blue, green))).isEmpty();
  }

  @Test
  void everyRuleOfEveryListenerIsRead() {
    String weighted = rule(1, BookingSite.forward(Map.of(blue, 3, green, 0)));
    String scalar = rule(2, scalar(green));
    String second = listener(balancer, 8443, scalar(blue));

    assertThat(rules.around(List.of(blue, green)))
        .containsExactlyInAnyOrder(
            new ForwardingRule(
                weighted,
                false,
                elb
                    .describeRules(r -> r.ruleArns(weighted))
                    .rules()
                    .get(0)
                    .actions()
                    .get(0)
                    .forwardConfig()
                    .targetGroups()
                    .stream()
                    .map(group -> new WeightedGroup(group.targetGroupArn(), group.weight()))
                    .toList()),
            new ForwardingRule(scalar, false, List.of(new WeightedGroup(green, 1))),
            new ForwardingRule(defaultRule(listener), true, List.of()),
            new ForwardingRule(defaultRule(second), true, List.of(new WeightedGroup(blue, 1))));
  }

  @Test
  void anotherLoadBalancerIsNotRead() {
    String own = rule(1, scalar(blue));
    listener(balancer("other"), 80, scalar(green));
    assertThat(rules.around(List.of(blue)))
        .extracting(ForwardingRule::arn)
        .containsExactly(own, defaultRule(listener));
  }

  @Test
  void allPagesAreRead() {
    for (int priority = 1; priority <= 101; priority++) {
      rule(priority, scalar(blue));
    }
    assertThat(rules.around(List.of(blue))).hasSize(102);
    assertThat(account.calls("elasticloadbalancing:DescribeRules")).isEqualTo(2);
  }

  @Test
  void allPagesOfListenersAreRead() {
    for (int port = 1001; port <= 1100; port++) {
      listener(balancer, port, NOT_FOUND);
    }
    rule(1, scalar(blue));
    assertThat(rules.around(List.of(blue))).hasSize(102);
    assertThat(account.calls("elasticloadbalancing:DescribeListeners")).isEqualTo(2);
  }

  @Test
  void aGroupWithoutAWeightGetsRequests() {
    String weighted = rule(1, BookingSite.forward(Map.of(blue, 3)));
    account.edit(
        "elasticloadbalancing:DescribeRules",
        answer -> answer.replaceAll("<Weight>\\d+</Weight>", ""));
    assertThat(rules.around(List.of(blue)))
        .contains(new ForwardingRule(weighted, false, List.of(new WeightedGroup(blue, 1))));
  }

  @Test
  void throttlingMayPass() {
    rule(1, scalar(blue));
    account.refuse("elasticloadbalancing:DescribeRules", 100, "Throttling");
    assertThatThrownBy(() -> rules.around(List.of(blue))).isInstanceOf(TransientFailure.class);
  }

  @Test
  void aGroupThatIsGoneIsPermanent() {
    assertThatThrownBy(() -> rules.around(List.of(blue.replace("api-blue", "gone"))))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("TargetGroupNotFound");
  }

  private String defaultRule(String listenerArn) {
    return elb.describeRules(r -> r.listenerArn(listenerArn)).rules().stream()
        .filter(rule -> rule.isDefault())
        .findFirst()
        .orElseThrow()
        .ruleArn();
  }

  private static Action scalar(String group) {
    return Action.builder().type(ActionTypeEnum.FORWARD).targetGroupArn(group).build();
  }

  private String rule(int priority, Action action) {
    return elb.createRule(
            r ->
                r.listenerArn(listener)
                    .priority(priority)
                    .conditions(
                        RuleCondition.builder()
                            .field("path-pattern")
                            .pathPatternConfig(c -> c.values("/" + priority))
                            .build())
                    .actions(action))
        .rules()
        .get(0)
        .ruleArn();
  }

  private String group(String name) {
    return elb.createTargetGroup(
            r ->
                r.name(name)
                    .protocol("HTTP")
                    .port(8080)
                    .targetType("ip")
                    .healthCheckPath("/health"))
        .targetGroups()
        .get(0)
        .targetGroupArn();
  }

  private String balancer(String name) {
    return elb.createLoadBalancer(r -> r.name(name)).loadBalancers().get(0).loadBalancerArn();
  }

  private String listener(String balancerArn, int port, Action action) {
    return elb.createListener(
            r -> r.loadBalancerArn(balancerArn).protocol("HTTP").port(port).defaultActions(action))
        .listeners()
        .get(0)
        .listenerArn();
  }
}
