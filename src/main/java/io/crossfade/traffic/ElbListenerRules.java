package io.crossfade.traffic;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.AwsCalls;
import io.crossfade.aws.ReadBack;
import io.crossfade.aws.SdkDocuments;
import io.crossfade.release.PermanentFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;

/** Rules by the ELBv2 API. A default rule belongs to its listener and is written through it. */
@Adapter
public class ElbListenerRules implements ListenerRules {
  private final ElasticLoadBalancingV2Client elb;

  public ElbListenerRules(ElasticLoadBalancingV2Client elb) {
    this.elb = elb;
  }

  @Override
  public ListenerRule read(String ruleArn) {
    var rules = AwsCalls.call(() -> elb.describeRules(r -> r.ruleArns(ruleArn))).rules();
    if (rules.isEmpty()) {
      throw new PermanentFailure("the load balancer has no rule " + ruleArn);
    }
    var rule = rules.get(0);
    List<Map<String, Object>> actions = rule.actions().stream().map(SdkDocuments::of).toList();
    return new ListenerRule(ruleArn, Boolean.TRUE.equals(rule.isDefault()), actions);
  }

  @Override
  public void write(ListenerRule rule) {
    if (ListenerRules.same(read(rule.arn()).actions(), rule.actions())) {
      return;
    }
    List<Action> actions = rule.actions().stream().map(ElbListenerRules::action).toList();
    if (rule.isDefault()) {
      AwsCalls.run(
          () -> elb.modifyListener(r -> r.listenerArn(rule.listenerArn()).defaultActions(actions)));
    } else {
      AwsCalls.run(() -> elb.modifyRule(r -> r.ruleArn(rule.arn()).actions(actions)));
    }
    ReadBack.until(
        () -> ListenerRules.same(read(rule.arn()).actions(), rule.actions()), "the rule");
  }

  /**
   * AWS describes a single group as a scalar beside a config, and never a client secret; sent back
   * like that it would refuse the one and miss the other.
   */
  private static Action action(Map<String, Object> described) {
    Map<String, Object> sent = new LinkedHashMap<>(described);
    if (sent.containsKey("ForwardConfig")) {
      sent.remove("TargetGroupArn");
    }
    if (sent.get("AuthenticateOidcConfig") instanceof Map<?, ?> oidc
        && !oidc.containsKey("ClientSecret")) {
      Map<Object, Object> kept = new LinkedHashMap<>(oidc);
      kept.put("UseExistingClientSecret", true);
      sent.put("AuthenticateOidcConfig", kept);
    }
    return SdkDocuments.fill(Action.builder(), sent).build();
  }
}
