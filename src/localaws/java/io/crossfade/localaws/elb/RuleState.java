package io.crossfade.localaws.elb;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/** A rule with every version that it had, so that the data plane can lag behind. */
final class RuleState {
  private record Version(Instant at, Rule rule, Predicate<RuleConditions.Request> conditions) {}

  private final List<Version> versions = new CopyOnWriteArrayList<>();
  private final List<WeightChange> weightChanges = new CopyOnWriteArrayList<>();

  RuleState(Instant at, Rule rule) {
    write(at, rule);
  }

  final WeightChange write(Instant at, Rule rule) {
    versions.add(new Version(at, rule, RuleConditions.of(rule.conditions())));
    WeightChange change =
        new WeightChange(at, rule.ruleArn(), ForwardActions.weights(rule.actions()));
    weightChanges.add(change);
    return change;
  }

  Rule rule() {
    return versions.get(versions.size() - 1).rule();
  }

  String arn() {
    return rule().ruleArn();
  }

  boolean isDefault() {
    return rule().isDefault();
  }

  int order() {
    return isDefault() ? Integer.MAX_VALUE : Integer.parseInt(rule().priority());
  }

  List<WeightChange> weightChanges() {
    return List.copyOf(weightChanges);
  }

  boolean matched(RuleConditions.Request request, Instant asOf) {
    return version(asOf).conditions().test(request);
  }

  List<Action> actions(Instant asOf) {
    return version(asOf).rule().actions();
  }

  List<RuleCondition> conditions() {
    return rule().conditions();
  }

  /** The version as of a moment; a rule younger than that is taken in its first version. */
  private Version version(Instant asOf) {
    for (int i = versions.size() - 1; i > 0; i--) {
      if (!versions.get(i).at().isAfter(asOf)) {
        return versions.get(i);
      }
    }
    return versions.get(0);
  }
}
