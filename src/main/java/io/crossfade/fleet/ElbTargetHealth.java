package io.crossfade.fleet;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.AwsCalls;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** Target health by the ELBv2 API. */
@Adapter
public class ElbTargetHealth implements TargetHealth {
  private final ElasticLoadBalancingV2Client elb;

  public ElbTargetHealth(ElasticLoadBalancingV2Client elb) {
    this.elb = elb;
  }

  @Override
  public Reading of(String targetGroupArn) {
    Map<String, Integer> states = new TreeMap<>();
    AwsCalls.call(() -> elb.describeTargetHealth(r -> r.targetGroupArn(targetGroupArn)))
        .targetHealthDescriptions()
        .forEach(target -> states.merge(target.targetHealth().stateAsString(), 1, Integer::sum));
    return new Reading(states);
  }
}
