package io.crossfade.check;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.AwsCalls;
import io.crossfade.check.TestEndpoint.Condition;
import io.crossfade.release.Arn;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/** Test rules by the ELBv2 API: the rule, its listener, and the listener's load balancer. */
@Adapter
public class ElbTestEndpoints implements TestEndpoints {
  private final ElasticLoadBalancingV2Client elb;

  public ElbTestEndpoints(ElasticLoadBalancingV2Client elb) {
    this.elb = elb;
  }

  @Override
  public TestEndpoint of(String testRuleArn) {
    return read(testRuleArn, this::name);
  }

  @Override
  public TestEndpoint withoutServer(String testRuleArn) {
    return read(testRuleArn, listener -> "");
  }

  private String name(Listener listener) {
    return elb.describeLoadBalancers(r -> r.loadBalancerArns(listener.loadBalancerArn()))
        .loadBalancers()
        .get(0)
        .dnsName();
  }

  private TestEndpoint read(String testRuleArn, Function<Listener, String> server) {
    return AwsCalls.call(
        () -> {
          List<RuleCondition> conditions =
              elb.describeRules(r -> r.ruleArns(testRuleArn)).rules().get(0).conditions();
          Listener listener =
              elb.describeListeners(r -> r.listenerArns(Arn.listener(testRuleArn)))
                  .listeners()
                  .get(0);
          return TestEndpoint.of(
              listener.protocol() == ProtocolEnum.HTTPS,
              server.apply(listener),
              listener.port(),
              conditions.stream().map(ElbTestEndpoints::seen).toList());
        });
  }

  /** The older form has its values beside the configuration. */
  private static Condition seen(RuleCondition condition) {
    var header = condition.httpHeaderConfig();
    Stream<List<String>> values =
        Stream.of(
            condition.values(),
            values(condition.hostHeaderConfig(), c -> c.values()),
            values(condition.pathPatternConfig(), c -> c.values()),
            values(condition.httpRequestMethodConfig(), c -> c.values()),
            values(condition.sourceIpConfig(), c -> c.values()),
            values(header, c -> c.values()));
    return new Condition(
        condition.field(),
        header == null ? null : header.httpHeaderName(),
        values.filter(list -> !list.isEmpty()).findFirst().orElse(List.of()));
  }

  private static <C> List<String> values(C config, Function<C, List<String>> values) {
    return config == null ? List.of() : values.apply(config);
  }
}
