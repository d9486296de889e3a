package io.crossfade.plan;

import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.Release;
import io.crossfade.release.Side;
import io.crossfade.traffic.ForwardingRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Other rules that give one of the two groups requests: a second host, a listener of their own. A
 * release moves the weights of its rule and of its test rule alone, so scale-in would leave them to
 * a group without tasks.
 */
final class SharedTargetGroups {
  /** A load balancer has 100 rules, and may have more; nobody reads that many. */
  private static final int MAX_TOLD = 5;

  private SharedTargetGroups() {}

  /** Which rules they are; empty if there is none. */
  static Optional<String> problem(
      Release release, DeploymentTarget target, List<ForwardingRule> rules) {
    List<String> found = new ArrayList<>();
    for (ForwardingRule rule : rules) {
      if (!rule.arn().equals(release.ruleArn()) && !rule.arn().equals(release.testRuleArn())) {
        Stream.of(target.stable(), target.canary())
            .filter(side -> rule.serves(side.targetGroupArn()))
            .forEach(side -> found.add(sentence(rule, side)));
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(sentence(found));
  }

  private static String sentence(ForwardingRule rule, Side side) {
    return "%s forwards to %s".formatted(rule.name(), side.dimension());
  }

  private static String sentence(List<String> found) {
    int more = found.size() - MAX_TOLD;
    return String.join(", ", found.subList(0, Math.min(MAX_TOLD, found.size())))
        + (more > 0 ? ", and %d more".formatted(more) : "")
        + "; a release moves none but its own rule, so requests of another may end at a service"
        + " without tasks; give each rule target groups of its own, name one as test_rule_arn,"
        + " or override shared-target-group with a reason";
  }
}
