package io.crossfade.traffic;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.AwsCalls;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** Rules by the ELBv2 API: of each group's load balancer, of each of its listeners. */
@Adapter
public class ElbLoadBalancerRules implements LoadBalancerRules {
  private final ElasticLoadBalancingV2Client elb;

  public ElbLoadBalancerRules(ElasticLoadBalancingV2Client elb) {
    this.elb = elb;
  }

  @Override
  public List<ForwardingRule> around(List<String> targetGroupArns) {
    return AwsCalls.call(
        () ->
            elb
                .describeTargetGroups(r -> r.targetGroupArns(targetGroupArns))
                .targetGroups()
                .stream()
                .flatMap(group -> group.loadBalancerArns().stream())
                .distinct()
                .flatMap(this::listeners)
                .flatMap(this::rules)
                .map(ElbLoadBalancerRules::seen)
                .toList());
  }

  private Stream<Listener> listeners(String loadBalancerArn) {
    return elb
        .describeListenersPaginator(r -> r.loadBalancerArn(loadBalancerArn))
        .listeners()
        .stream();
  }

  /** The listener's default actions are those of its default rule, which is among them. */
  private Stream<Rule> rules(Listener listener) {
    return elb.describeRulesPaginator(r -> r.listenerArn(listener.listenerArn())).rules().stream();
  }

  private static ForwardingRule seen(Rule rule) {
    return new ForwardingRule(
        rule.ruleArn(),
        Boolean.TRUE.equals(rule.isDefault()),
        rule.actions().stream().flatMap(ElbLoadBalancerRules::groups).toList());
  }

  private static Stream<WeightedGroup> groups(Action action) {
    if (action.forwardConfig() != null && action.forwardConfig().hasTargetGroups()) {
      return action.forwardConfig().targetGroups().stream().map(ElbLoadBalancerRules::group);
    }
    return Stream.ofNullable(action.targetGroupArn()).map(arn -> new WeightedGroup(arn, 1));
  }

  /** A tuple without a weight counts as 1 when it is alone; AWS asks for weights beside others. */
  private static WeightedGroup group(TargetGroupTuple tuple) {
    return new WeightedGroup(tuple.targetGroupArn(), tuple.weight() == null ? 1 : tuple.weight());
  }
}
