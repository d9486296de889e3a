package io.crossfade.localaws.elb;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * One write to a rule, by any caller.
 *
 * @param weights the weight of each target group's ARN; empty if the rule does not forward
 */
public record WeightChange(Instant at, String ruleArn, Map<String, Integer> weights) {
  public WeightChange {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(ruleArn, "ruleArn");
    weights = Map.copyOf(weights);
  }
}
