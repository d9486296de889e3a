package io.crossfade.localaws.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.sns.LocalSns;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeSslPoliciesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeSslPoliciesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SslPolicy;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;

class QueryWireTest {
  private static final Instant AT = Instant.parse("2026-03-04T05:06:07.089Z");
  private final Gateway gateway = new Gateway();
  private final StubElb stub = new StubElb();
  private final ElasticLoadBalancingV2Client elb =
      SdkClients.at(gateway.endpoint(), "AKID", ElasticLoadBalancingV2Client.builder());

  @BeforeEach
  void serve() {
    gateway.serve("elasticloadbalancing", ElasticLoadBalancingV2Client.class, stub);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void actionsAndWeightsTravelBothWays() {
    Action login =
        Action.builder()
            .type("authenticate-oidc")
            .order(1)
            .authenticateOidcConfig(
                o -> o.authenticationRequestExtraParams(Map.of("a.b&c", "d=<e>")))
            .build();
    Action forward =
        Action.builder()
            .type("forward")
            .order(2)
            .forwardConfig(
                f ->
                    f.targetGroups(group("arn:blue", 75), group("arn:green", 25))
                        .targetGroupStickinessConfig(s -> s.enabled(true)))
            .build();
    ModifyRuleRequest request =
        ModifyRuleRequest.builder().ruleArn("arn:rule").actions(login, forward).build();

    ModifyRuleResponse response = elb.modifyRule(request);

    assertThat(stub.modified.get()).isEqualTo(request);
    assertThat(response.rules().get(0).actions()).isEqualTo(request.actions());
    assertThat(response.rules().get(0).isDefault()).isFalse();
  }

  @Test
  void emptyListIsNotAnAbsentList() {
    elb.modifyRule(r -> r.ruleArn("arn:rule").actions(List.of()));

    assertThat(stub.modified.get().hasActions()).isTrue();
    assertThat(stub.modified.get().actions()).isEmpty();
    assertThat(stub.modified.get().hasConditions()).isFalse();
  }

  @Test
  void timestampsArrive() {
    assertThat(elb.describeLoadBalancers().loadBalancers().get(0).createdTime()).isEqualTo(AT);
  }

  @Test
  void operationWithAnAcronymIsFound() {
    assertThat(elb.describeSSLPolicies().sslPolicies()).hasSize(1);
  }

  @Test
  void modeledErrorArrivesWithItsWireCode() {
    assertThatThrownBy(() -> elb.modifyRule(r -> r.ruleArn("missing")))
        .isInstanceOfSatisfying(
            RuleNotFoundException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("RuleNotFound");
              assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("no rule <missing>");
            });
  }

  @Test
  void operationThatIsNotOverriddenIsNotEmulated() {
    assertThatThrownBy(() -> elb.deleteRule(r -> r.ruleArn("arn:rule")))
        .isInstanceOfSatisfying(
            ElasticLoadBalancingV2Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(501);
              assertThat(e.awsErrorDetails().errorMessage())
                  .isEqualTo("not emulated: elasticloadbalancing:DeleteRule");
            });
    assertThat(gateway.callCounts()).containsEntry("elasticloadbalancing:DeleteRule", 1L);
  }

  @Test
  void unknownParameterIsRefusedByName() throws Exception {
    String body = post("Action=ModifyRule&Version=2015-12-01&Actions.member.1.Typ=forward");

    assertThat(body).contains("<Code>ValidationException</Code>");
    assertThat(body).contains("unknown parameter: Actions[0].Typ");
  }

  @Test
  void unsignedCallIsRecognisedByItsVersion() throws Exception {
    assertThat(post("Action=DescribeLoadBalancers&Version=2015-12-01"))
        .contains(
            "<DescribeLoadBalancersResponse"
                + " xmlns=\"http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/\">"
                + "<DescribeLoadBalancersResult>");
  }

  /** STS's model has https where the others have http. */
  @Test
  void everyServiceHasTheNamespaceOfItsModel() throws Exception {
    assertThat(post("Action=GetCallerIdentity&Version=2011-06-15"))
        .contains("xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"");
    assertThat(post("Action=Publish&Version=2010-03-31"))
        .contains("xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"");
  }

  @Test
  void brokenEncodingIsRefused() throws Exception {
    assertThat(post("Action=ModifyRule&RuleArn=%zz")).isEqualTo("not percent-encoded: %zz");
  }

  @Test
  void mapOfStructuresArrives() {
    AtomicReference<PublishRequest> published = new AtomicReference<>();
    gateway.serve("sns", SnsClient.class, new StubSns(published));
    PublishRequest request =
        PublishRequest.builder()
            .topicArn("arn:t")
            .message("one\ntwo & three")
            .messageAttributes(
                Map.of(
                    "kind",
                    MessageAttributeValue.builder().dataType("String").stringValue("x").build()))
            .build();

    SdkClients.at(gateway.endpoint(), "AKID", SnsClient.builder()).publish(request);

    assertThat(published.get()).isEqualTo(request);
  }

  @Test
  void localSnsIsServed() {
    try (ScaledClock clock = new ScaledClock(1)) {
      LocalSns topics = new LocalSns(clock);
      gateway.serve("sns", SnsClient.class, topics);
      SnsClient sns = SdkClients.at(gateway.endpoint(), "AKID", SnsClient.builder());
      String topic = topics.createTopic("releases");

      sns.publish(r -> r.topicArn(topic).subject("Released").message("weights 25 → 50 <ok>"));

      assertThat(topics.published()).hasSize(1);
      assertThat(topics.published().get(0).message()).isEqualTo("weights 25 → 50 <ok>");
      assertThatThrownBy(() -> sns.publish(r -> r.topicArn(topic + "x").message("m")))
          .isInstanceOf(NotFoundException.class);
    }
  }

  private static TargetGroupTuple group(String arn, int weight) {
    return TargetGroupTuple.builder().targetGroupArn(arn).weight(weight).build();
  }

  private String post(String form) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.endpoint())
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static final class StubElb implements ElasticLoadBalancingV2Client {
    final AtomicReference<ModifyRuleRequest> modified = new AtomicReference<>();

    @Override
    public ModifyRuleResponse modifyRule(ModifyRuleRequest request) {
      if (request.ruleArn().equals("missing")) {
        throw RuleNotFoundException.builder()
            .statusCode(400)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("RuleNotFound")
                    .errorMessage("no rule <missing>")
                    .build())
            .build();
      }
      modified.set(request);
      return ModifyRuleResponse.builder()
          .rules(
              Rule.builder()
                  .ruleArn("arn:rule")
                  .isDefault(false)
                  .actions(request.actions())
                  .build())
          .build();
    }

    @Override
    public DescribeLoadBalancersResponse describeLoadBalancers(
        DescribeLoadBalancersRequest request) {
      return DescribeLoadBalancersResponse.builder()
          .loadBalancers(LoadBalancer.builder().createdTime(AT).build())
          .build();
    }

    @Override
    public DescribeSslPoliciesResponse describeSSLPolicies(DescribeSslPoliciesRequest request) {
      return DescribeSslPoliciesResponse.builder()
          .sslPolicies(SslPolicy.builder().name("tls").build())
          .build();
    }

    @Override
    public String serviceName() {
      return "elasticloadbalancing";
    }

    @Override
    public void close() {}
  }

  private record StubSns(AtomicReference<PublishRequest> published) implements SnsClient {
    @Override
    public PublishResponse publish(PublishRequest request) {
      published.set(request);
      return PublishResponse.builder().messageId("id").build();
    }

    @Override
    public String serviceName() {
      return "sns";
    }

    @Override
    public void close() {}
  }
}
