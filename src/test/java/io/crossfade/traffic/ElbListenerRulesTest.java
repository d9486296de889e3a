package io.crossfade.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.Account;
import io.crossfade.localaws.elb.LocalElb;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.TransientFailure;
import io.crossfade.release.Weights;
import io.crossfade.site.BookingSite;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

class ElbListenerRulesTest {
  private static final String MODIFY = "elasticloadbalancing:ModifyRule";
  private static final Action NOT_FOUND =
      Action.builder()
          .type(ActionTypeEnum.FIXED_RESPONSE)
          .fixedResponseConfig(f -> f.statusCode("404"))
          .build();

  private final Account account = new Account();
  private final LocalElb elb = account.aws().elb();
  private final ListenerRules rules =
      new ElbListenerRules(account.client(ElasticLoadBalancingV2Client.builder()));
  private final String blue = group("api-blue");
  private final String green = group("api-green");
  private final String listener = listener();

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void readsOneRuleByItsArn() {
    String arn = rule(BookingSite.forward(weights(3, 1)));

    ListenerRule rule = rules.read(arn);

    assertThat(rule.arn()).isEqualTo(arn);
    assertThat(rule.isDefault()).isFalse();
    assertThat(rule.forward().orElseThrow().groups())
        .containsExactly(new WeightedGroup(blue, 3), new WeightedGroup(green, 1));
    assertThat(account.sent("elasticloadbalancing:DescribeRules", DescribeRulesRequest.class))
        .extracting(DescribeRulesRequest::ruleArns)
        .containsExactly(List.of(arn));
  }

  @Test
  void aScalarForwardIsDividedBetweenTwoGroups() {
    String arn = rule(scalar().build());
    assertThat(rules.read(arn).forward().orElseThrow().groups())
        .containsExactly(new WeightedGroup(blue, 1));

    rules.write(rules.read(arn).divided(blue, green, Weights.canaryAt(25)));

    Action written = actions(arn).get(0);
    assertThat(written.targetGroupArn()).isNull();
    assertThat(shares(arn))
        .containsExactly(new WeightedGroup(blue, 75), new WeightedGroup(green, 25));
  }

  @Test
  void aRuleGoesBackToItsOnlyGroup() {
    String arn = rule(BookingSite.forward(Map.of(blue, 7)));
    ListenerRule before = rules.read(arn);
    rules.write(before.divided(blue, green, Weights.canaryAt(50)));

    rules.write(before);

    assertThat(shares(arn)).containsExactly(new WeightedGroup(blue, 7));
    assertThat(ListenerRules.same(rules.read(arn).actions(), before.actions())).isTrue();
  }

  @Test
  void aLoginByCognitoInFrontSurvives() {
    Action login =
        Action.builder()
            .type(ActionTypeEnum.AUTHENTICATE_COGNITO)
            .order(1)
            .authenticateCognitoConfig(
                c ->
                    c.userPoolArn("arn:aws:cognito-idp:eu-central-1:123456789012:userpool/p")
                        .userPoolClientId("client")
                        .userPoolDomain("domain")
                        .sessionTimeout(604_800L)
                        .authenticationRequestExtraParams(Map.of("display", "page")))
            .build();
    String arn = rule(login, scalar().order(2).build());

    rules.write(rules.read(arn).divided(blue, green, Weights.canaryAt(25)));

    assertThat(actions(arn).get(0)).isEqualTo(login);
    assertThat(actions(arn).get(1).order()).isEqualTo(2);
    assertThat(shares(arn))
        .containsExactly(new WeightedGroup(blue, 75), new WeightedGroup(green, 25));
  }

  @Test
  void aLoginByOidcKeepsTheSecretThatAwsDoesNotTell() {
    String arn = rule(oidc().build(), scalar().order(2).build());

    rules.write(rules.read(arn).divided(blue, green, Weights.canaryAt(25)));

    Action sent = account.sent(MODIFY, ModifyRuleRequest.class).get(0).actions().get(0);
    assertThat(sent.authenticateOidcConfig().useExistingClientSecret()).isTrue();
    assertThat(sent.authenticateOidcConfig().clientSecret()).isNull();
    assertThat(sent.authenticateOidcConfig().issuer()).isEqualTo("https://login.example");
    assertThat(sent.authenticateOidcConfig().scope()).isEqualTo("openid");
    assertThat(sent.order()).isEqualTo(1);
    assertThat(shares(arn))
        .containsExactly(new WeightedGroup(blue, 75), new WeightedGroup(green, 25));
  }

  @Test
  void aRuleWithALoginByOidcIsPutBack() {
    String arn = rule(oidc().build(), scalar().order(2).build());
    ListenerRule before = rules.read(arn);
    rules.write(before.divided(blue, green, Weights.canaryAt(25)));

    rules.write(before);

    assertThat(shares(arn)).containsExactly(new WeightedGroup(blue, 1));
    assertThat(ListenerRules.same(rules.read(arn).actions(), before.actions())).isTrue();
  }

  @Test
  void aDefaultRuleIsWrittenThroughItsListener() {
    elb.modifyListener(r -> r.listenerArn(listener).defaultActions(scalar().build()));
    String arn = defaultRule();
    ListenerRule rule = rules.read(arn);
    assertThat(rule.isDefault()).isTrue();
    elb.createRule(r -> r.listenerArn(listener).priority(1).conditions(path()).actions(NOT_FOUND));

    rules.write(rule.divided(blue, green, Weights.canaryAt(50)));

    assertThat(shares(arn))
        .containsExactly(new WeightedGroup(blue, 50), new WeightedGroup(green, 50));
    assertThat(account.sent("elasticloadbalancing:ModifyListener", ModifyListenerRequest.class))
        .extracting(ModifyListenerRequest::listenerArn)
        .containsExactly(listener);
    assertThat(account.calls(MODIFY)).isZero();
  }

  @Test
  void whatIsThereAlreadyIsNotWritten() {
    ListenerRule rule = rules.read(rule(BookingSite.forward(weights(75, 25))));

    rules.change(rule, rule.divided(blue, green, Weights.canaryAt(25)));

    assertThat(account.calls(MODIFY)).isZero();
  }

  @Test
  void groupsStaySticky() {
    Action sticky =
        BookingSite.forward(weights(100, 0)).toBuilder()
            .forwardConfig(
                f ->
                    f.targetGroups(
                            BookingSite.forward(weights(100, 0)).forwardConfig().targetGroups())
                        .targetGroupStickinessConfig(s -> s.enabled(true).durationSeconds(300)))
            .build();
    String arn = rule(sticky);

    rules.write(rules.read(arn).divided(blue, green, Weights.canaryAt(50)));

    var config = actions(arn).get(0).forwardConfig().targetGroupStickinessConfig();
    assertThat(config.enabled()).isTrue();
    assertThat(config.durationSeconds()).isEqualTo(300);
    assertThat(rules.read(arn).forward().orElseThrow().stickySeconds()).isEqualTo(300);
  }

  @Test
  void aThirdGroupStays() {
    String other = group("api-other");
    Map<String, Integer> three = weights(100, 0);
    three.put(other, 0);
    String arn = rule(BookingSite.forward(three));

    rules.write(rules.read(arn).divided(blue, green, Weights.canaryAt(50)));

    assertThat(shares(arn))
        .containsExactly(
            new WeightedGroup(blue, 50), new WeightedGroup(green, 50), new WeightedGroup(other, 0));
  }

  @Test
  void aFieldThatTheSdkDoesNotKnowIsToldAndNotLost() {
    String arn = rule(oidc().build(), scalar().order(2).build());
    account.edit(
        "elasticloadbalancing:DescribeRules",
        xml ->
            xml.replace("<Weight>1</Weight>", "<Weight>1</Weight><Zone>a</Zone>")
                .replace("<Issuer>", "<Proof><Key>x</Key></Proof><Issuer>"));

    ListenerRule rule = rules.read(arn);

    assertThat(rules.unknownFields(rule))
        .containsExactlyInAnyOrder(
            "rule.Actions[0].AuthenticateOidcConfig.Proof",
            "rule.Actions[1].ForwardConfig.TargetGroups[0].Zone");
    assertThatThrownBy(() -> rules.write(rule.divided(blue, green, Weights.canaryAt(25))))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("rule.Actions[0].AuthenticateOidcConfig.Proof");
    assertThat(account.calls(MODIFY)).isZero();
  }

  @Test
  void whatIsNotWrittenBackOrSaysNothingMayBeUnknown() {
    String arn = rule(scalar().build());
    account.edit(
        "elasticloadbalancing:DescribeRules",
        xml ->
            xml.replace("<Priority>", "<Owner>x</Owner><Priority>")
                .replace("<Weight>1</Weight>", "<Weight>1</Weight><Zone/><Off>false</Off>")
                .replace("<Rules>", "<Warnings><member>x</member></Warnings><Rules>"));
    ListenerRule rule = rules.read(arn);
    assertThat(rules.unknownFields(rule)).isEmpty();

    rules.write(rule.divided(blue, green, Weights.canaryAt(25)));

    assertThat(shares(arn))
        .containsExactly(new WeightedGroup(blue, 75), new WeightedGroup(green, 25));
  }

  /** Somebody has set it since the plan: the snapshot goes back whole. */
  @Test
  void anUnknownFieldIsNotInTheWayOfARollback() {
    String arn = rule(scalar().build());
    ListenerRule before = rules.read(arn);
    rules.write(before.divided(blue, green, Weights.canaryAt(25)));
    account.edit(
        "elasticloadbalancing:DescribeRules",
        xml -> xml.replace("<Weight>75</Weight>", "<Weight>75</Weight><Zone>a</Zone>"));

    rules.write(rules.read(arn).withActions(before.actions()));

    assertThat(shares(arn)).containsExactly(new WeightedGroup(blue, 1));
  }

  @Test
  void aRuleThatIsGoneIsNamed() {
    String arn = rule(scalar().build());
    elb.deleteRule(r -> r.ruleArn(arn));
    assertThatThrownBy(() -> rules.read(arn))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("RuleNotFound")
        .hasMessageContaining(arn);
  }

  @Test
  void oneThrottledCallIsTriedAgainByTheSdk() {
    String arn = rule(scalar().build());
    account.refuse("elasticloadbalancing:DescribeRules", 1, "Throttling");

    assertThat(rules.read(arn).arn()).isEqualTo(arn);

    assertThat(account.calls("elasticloadbalancing:DescribeRules")).isEqualTo(2);
  }

  @Test
  void throttlingThatDoesNotEndMayPass() {
    String arn = rule(scalar().build());
    account.refuse("elasticloadbalancing:DescribeRules", 100, "Throttling");

    assertThatThrownBy(() -> rules.read(arn))
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("Throttling");
  }

  private Map<String, Integer> weights(int blueWeight, int greenWeight) {
    Map<String, Integer> weights = new LinkedHashMap<>();
    weights.put(blue, blueWeight);
    weights.put(green, greenWeight);
    return weights;
  }

  private Action.Builder scalar() {
    return Action.builder().type(ActionTypeEnum.FORWARD).targetGroupArn(blue);
  }

  private static Action.Builder oidc() {
    return Action.builder()
        .type(ActionTypeEnum.AUTHENTICATE_OIDC)
        .order(1)
        .authenticateOidcConfig(
            o ->
                o.issuer("https://login.example")
                    .authorizationEndpoint("https://login.example/authorize")
                    .tokenEndpoint("https://login.example/token")
                    .userInfoEndpoint("https://login.example/userinfo")
                    .clientId("client")
                    .clientSecret("hidden")
                    .scope("openid")
                    .sessionTimeout(604_800L));
  }

  private String group(String name) {
    return elb.createTargetGroup(
            r -> r.name(name).protocol("HTTP").port(8080).targetType("ip").healthCheckPath("/"))
        .targetGroups()
        .get(0)
        .targetGroupArn();
  }

  private String listener() {
    String balancer =
        elb.createLoadBalancer(r -> r.name("site")).loadBalancers().get(0).loadBalancerArn();
    return elb.createListener(
            r -> r.loadBalancerArn(balancer).protocol("HTTP").port(80).defaultActions(NOT_FOUND))
        .listeners()
        .get(0)
        .listenerArn();
  }

  private String rule(Action... actions) {
    return elb.createRule(
            r -> r.listenerArn(listener).priority(10).conditions(path()).actions(actions))
        .rules()
        .get(0)
        .ruleArn();
  }

  private static RuleCondition path() {
    return RuleCondition.builder()
        .field("path-pattern")
        .pathPatternConfig(p -> p.values("/api/*"))
        .build();
  }

  private String defaultRule() {
    return elb.describeRules(r -> r.listenerArn(listener)).rules().stream()
        .filter(rule -> rule.isDefault())
        .findFirst()
        .orElseThrow()
        .ruleArn();
  }

  private List<Action> actions(String arn) {
    return elb.describeRules(r -> r.ruleArns(arn)).rules().get(0).actions();
  }

  private List<WeightedGroup> shares(String arn) {
    return actions(arn).stream()
        .filter(action -> action.type() == ActionTypeEnum.FORWARD)
        .flatMap(action -> action.forwardConfig().targetGroups().stream())
        .map(tuple -> new WeightedGroup(tuple.targetGroupArn(), tuple.weight()))
        .toList();
  }
}
