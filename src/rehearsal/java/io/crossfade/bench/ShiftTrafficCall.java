package io.crossfade.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.elb.LocalElb;
import io.crossfade.localaws.states.FunctionError;
import io.crossfade.site.BookingSite;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;

/**
 * Writes the first step's weights over the rule as it was before it.
 *
 * @param before the rule's actions before the step
 */
record ShiftTrafficCall(
    JsonNode payload, LocalElb elb, BookingSite.Application backend, List<Action> before)
    implements FunctionCall {
  @Override
  public String function() {
    return "shift-traffic";
  }

  @Override
  public void make(Invoker invoker) throws FunctionError {
    elb.modifyRule(r -> r.ruleArn(backend.ruleArn()).actions(before));
    JsonNode verdict = invoker.invoke(payload).path("verdict");
    int weight =
        elb
            .describeRules(r -> r.ruleArns(backend.ruleArn()))
            .rules()
            .get(0)
            .actions()
            .get(0)
            .forwardConfig()
            .targetGroups()
            .stream()
            .filter(group -> group.targetGroupArn().equals(backend.greenGroupArn()))
            .mapToInt(group -> group.weight())
            .sum();
    if (weight == 0 || !verdict.path("action").asText().equals("SHIFTED")) {
      throw new IllegalStateException("shift-traffic says " + verdict);
    }
  }
}
