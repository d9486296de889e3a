package io.crossfade.localaws.elb;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;

/** A listener with its rules, the default rule among them. */
final class ListenerState {
  private final Listener settings;
  private final LoadBalancerState loadBalancer;
  private volatile List<RuleState> rules = List.of();
  private volatile int realPort;

  ListenerState(Listener settings, LoadBalancerState loadBalancer) {
    this.settings = settings;
    this.loadBalancer = loadBalancer;
  }

  String arn() {
    return settings.listenerArn();
  }

  LoadBalancerState loadBalancer() {
    return loadBalancer;
  }

  /** With the port at which it is reached, whichever was asked for. */
  Listener listener() {
    return settings.toBuilder()
        .port(realPort)
        .defaultActions(defaultRule().rule().actions())
        .build();
  }

  int askedPort() {
    return settings.port();
  }

  void reachedAt(int port) {
    realPort = port;
  }

  synchronized void add(RuleState rule) {
    rules =
        Stream.concat(rules.stream(), Stream.of(rule))
            .sorted(Comparator.comparingInt(RuleState::order))
            .toList();
  }

  synchronized void remove(RuleState gone) {
    rules = rules.stream().filter(rule -> rule != gone).toList();
  }

  /** By priority, the default rule last. */
  List<RuleState> rules() {
    return rules;
  }

  RuleState defaultRule() {
    return rules.stream().filter(RuleState::isDefault).findFirst().orElseThrow();
  }

  /** The actions for a request, by the rules as they were at a moment. */
  List<Action> actions(RuleConditions.Request request, Instant asOf) {
    return rules.stream()
        .filter(rule -> rule.isDefault() || rule.matched(request, asOf))
        .findFirst()
        .orElseThrow()
        .actions(asOf);
  }
}
