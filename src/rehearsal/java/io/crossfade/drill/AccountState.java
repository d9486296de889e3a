package io.crossfade.drill;

import io.crossfade.fleet.AutoScalingTargets;
import io.crossfade.release.ScalingState;
import io.crossfade.traffic.ElbListenerRules;
import io.crossfade.traffic.ListenerRule;
import io.crossfade.traffic.ListenerRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;

/**
 * What a drill must leave as it was, each fact by its name. It is read from AWS by the drill itself
 * and taken from nothing that the functions have stored.
 */
public record AccountState(ListenerRule rule, Map<String, String> facts) {
  /** One fact that is another than before. */
  public record Difference(String what, String before, String after) {
    String sentence() {
      return "%s was %s, is %s".formatted(what, before, after);
    }
  }

  private static final String NONE = "not there";

  public AccountState {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  static AccountState read(AwsAccount aws, DrillTarget target) {
    ListenerRule rule = new ElbListenerRules(aws.elb()).read(target.ruleArn());
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("the rule", ListenerRules.describe(rule.actions()));
    Listener listener =
        aws.elb().describeListeners(r -> r.listenerArns(rule.listenerArn())).listeners().get(0);
    facts.put(
        "the listener",
        "%s %d, certificates %s, default %s"
            .formatted(
                listener.protocolAsString(),
                listener.port(),
                listener.certificates(),
                listener.defaultActions()));
    for (Service service :
        aws.ecs()
            .describeServices(r -> r.cluster(target.cluster()).services(target.services()))
            .services()) {
      facts.put(service.serviceName(), describe(service));
    }
    for (ScalingState scaling :
        new AutoScalingTargets(aws.scaling()).of(target.cluster(), target.services())) {
      facts.put(scaling.service() + "'s scaling", scaling.sentence());
    }
    target
        .alarm()
        .ifPresent(alarm -> facts.put("the alarm " + alarm, aws.alarm(alarm).stateValueAsString()));
    return new AccountState(rule, facts);
  }

  private static String describe(Service service) {
    return "%s with %d of %d tasks, %d pending, %d deployments, %s"
        .formatted(
            service.status(),
            service.runningCount(),
            service.desiredCount(),
            service.pendingCount(),
            service.deployments().size(),
            service.taskDefinition());
  }

  /** Everything that is not as it was. */
  List<Difference> differences(AccountState now) {
    List<Difference> found = new ArrayList<>();
    Map<String, String> all = new LinkedHashMap<>(facts);
    now.facts.forEach((what, value) -> all.putIfAbsent(what, NONE));
    all.forEach(
        (what, before) -> {
          String after = now.facts.getOrDefault(what, NONE);
          if (!before.equals(after)) {
            found.add(new Difference(what, before, after));
          }
        });
    if (found.stream().noneMatch(difference -> difference.what().equals("the rule"))
        && !ListenerRules.same(rule.actions(), now.rule.actions())) {
      found.add(
          new Difference("the rule", "as it was", facts.get("the rule") + " with other settings"));
    }
    return found;
  }
}
