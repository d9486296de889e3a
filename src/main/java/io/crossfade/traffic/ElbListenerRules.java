package io.crossfade.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.aws.Adapter;
import io.crossfade.aws.AwsCalls;
import io.crossfade.aws.RawAnswer;
import io.crossfade.aws.ReadBack;
import io.crossfade.aws.SdkDocuments;
import io.crossfade.release.PermanentFailure;
import java.util.ArrayList;
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
    RawAnswer raw = new RawAnswer();
    var rules =
        AwsCalls.call(
                () -> elb.describeRules(r -> r.ruleArns(ruleArn).overrideConfiguration(raw::keep)))
            .rules();
    if (rules.isEmpty()) {
      throw new PermanentFailure("the load balancer has no rule " + ruleArn);
    }
    var rule = rules.get(0);
    JsonNode sent = raw.xml().at("/DescribeRulesResult/Rules/0/Actions");
    return new ListenerRule(
        ruleArn, Boolean.TRUE.equals(rule.isDefault()), SdkDocuments.of(rule.actions(), sent));
  }

  @Override
  public List<String> unknownFields(ListenerRule rule) {
    List<String> found = new ArrayList<>();
    for (Map<String, Object> action : rule.actions()) {
      String path = path(rule, action);
      found.addAll(SdkDocuments.unknown(Action.builder(), action, path));
    }
    return found;
  }

  private static String path(ListenerRule rule, Map<String, Object> action) {
    return "rule.Actions[%d]".formatted(rule.actions().indexOf(action));
  }

  @Override
  public void write(ListenerRule rule) {
    List<Action> actions = rule.actions().stream().map(a -> sent(a, path(rule, a))).toList();
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
  private static Action sent(Map<String, Object> described, String path) {
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
    return SdkDocuments.fill(Action.builder(), sent, path).build();
  }
}
