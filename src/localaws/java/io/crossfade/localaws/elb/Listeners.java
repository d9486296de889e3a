package io.crossfade.localaws.elb;

import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.sdk.SdkMembers;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

/** Load balancers, their listeners, and the rules of those. */
final class Listeners {
  private final ScaledClock clock;
  private final TargetGroups groups;
  private final Map<String, LoadBalancerState> loadBalancers = new ConcurrentHashMap<>();
  private final Map<String, ListenerState> listeners = new ConcurrentHashMap<>();

  Listeners(ScaledClock clock, TargetGroups groups) {
    this.clock = clock;
    this.groups = groups;
  }

  synchronized LoadBalancerState create(CreateLoadBalancerRequest request) {
    if (request.type() != null && request.type() != LoadBalancerTypeEnum.APPLICATION) {
      throw new UnsupportedOperationException("not emulated: load balancer " + request.type());
    }
    boolean exists =
        loadBalancers.values().stream()
            .anyMatch(known -> known.settings().loadBalancerName().equals(request.name()));
    if (exists) {
      throw ElbErrors.of(
          "DuplicateLoadBalancerName",
          "A load balancer with the name '%s' exists, with other settings"
              .formatted(request.name()));
    }
    LoadBalancerState created = new LoadBalancerState(settings(request), new MetricCounters(clock));
    loadBalancers.put(created.arn(), created);
    return created;
  }

  private LoadBalancer settings(CreateLoadBalancerRequest request) {
    String path = "app/%s/%s".formatted(request.name(), Arns.hex(16));
    return LoadBalancer.builder()
        .loadBalancerArn(Arns.of("elasticloadbalancing", "loadbalancer/" + path))
        .loadBalancerName(request.name())
        .dnsName(LocalElb.DNS_NAME)
        .type(LoadBalancerTypeEnum.APPLICATION)
        .scheme(request.scheme() == null ? "internet-facing" : request.schemeAsString())
        .securityGroups(request.securityGroups())
        .createdTime(clock.now())
        .ipAddressType("ipv4")
        .state(state -> state.code(LoadBalancerStateEnum.ACTIVE))
        .build();
  }

  Collection<LoadBalancerState> loadBalancers() {
    return loadBalancers.values();
  }

  LoadBalancerState loadBalancer(String arn) {
    LoadBalancerState found = arn == null ? null : loadBalancers.get(arn);
    if (found == null) {
      throw ElbErrors.of("LoadBalancerNotFound", "One or more load balancers not found: " + arn);
    }
    return found;
  }

  List<LoadBalancer> describe(DescribeLoadBalancersRequest request) {
    if (!request.loadBalancerArns().isEmpty()) {
      return request.loadBalancerArns().stream().map(arn -> loadBalancer(arn).settings()).toList();
    }
    request.names().forEach(this::requireNamed);
    return loadBalancers.values().stream()
        .map(LoadBalancerState::settings)
        .filter(lb -> request.names().isEmpty() || request.names().contains(lb.loadBalancerName()))
        .toList();
  }

  private void requireNamed(String name) {
    if (loadBalancers.values().stream()
        .noneMatch(known -> known.settings().loadBalancerName().equals(name))) {
      throw ElbErrors.of("LoadBalancerNotFound", "One or more load balancers not found: " + name);
    }
  }

  synchronized ListenerState create(CreateListenerRequest request) {
    LoadBalancerState loadBalancer = loadBalancer(request.loadBalancerArn());
    boolean portTaken = of(loadBalancer.arn()).anyMatch(l -> l.askedPort() == request.port());
    if (portTaken) {
      throw ElbErrors.of(
          "DuplicateListener", "A listener already exists on port " + request.port());
    }
    String path = loadBalancer.path() + "/" + Arns.hex(16);
    Listener settings =
        SdkMembers.copy(request, Listener.builder())
            .listenerArn(Arns.of("elasticloadbalancing", "listener/" + path))
            .build();
    ListenerState created = new ListenerState(settings, loadBalancer);
    List<Action> actions = check(created).accept(request.defaultActions());
    created.add(newRule(created, "default", List.of(), actions));
    listeners.put(created.arn(), created);
    refreshUse();
    return created;
  }

  private ActionValidator check(ListenerState listener) {
    return new ActionValidator(groups::find, listener.loadBalancer().arn());
  }

  private RuleState newRule(
      ListenerState listener,
      String priority,
      List<RuleCondition> conditions,
      List<Action> actions) {
    String path = listener.arn().substring(listener.arn().indexOf("app/")) + "/" + Arns.hex(16);
    Rule rule =
        Rule.builder()
            .ruleArn(Arns.of("elasticloadbalancing", "listener-rule/" + path))
            .priority(priority)
            .isDefault(priority.equals("default"))
            .conditions(conditions)
            .actions(actions)
            .build();
    return new RuleState(clock.now(), rule);
  }

  ListenerState listener(String arn) {
    ListenerState found = arn == null ? null : listeners.get(arn);
    if (found == null) {
      throw ElbErrors.of("ListenerNotFound", "One or more listeners not found: " + arn);
    }
    return found;
  }

  private Stream<ListenerState> of(String loadBalancerArn) {
    return listeners.values().stream()
        .filter(listener -> listener.loadBalancer().arn().equals(loadBalancerArn));
  }

  List<Listener> describe(DescribeListenersRequest request) {
    if (!request.listenerArns().isEmpty()) {
      return request.listenerArns().stream().map(arn -> listener(arn).listener()).toList();
    }
    return of(loadBalancer(request.loadBalancerArn()).arn()).map(ListenerState::listener).toList();
  }

  synchronized RuleState create(CreateRuleRequest request) {
    ListenerState listener = listener(request.listenerArn());
    int priority = request.priority() == null ? 0 : request.priority();
    if (priority < 1 || priority > 50_000) {
      throw ElbErrors.validation("A priority is 1 to 50000, found " + request.priority());
    }
    if (request.conditions().isEmpty()) {
      throw ElbErrors.validation("A condition must be specified");
    }
    if (listener.rules().stream().anyMatch(rule -> rule.order() == priority)) {
      throw ElbErrors.of("PriorityInUse", "Priority '%d' is currently in use".formatted(priority));
    }
    List<Action> actions = check(listener).accept(request.actions());
    RuleState created = newRule(listener, String.valueOf(priority), request.conditions(), actions);
    listener.add(created);
    refreshUse();
    return created;
  }

  Stream<RuleState> rules() {
    return listeners.values().stream().flatMap(listener -> listener.rules().stream());
  }

  RuleState rule(String arn) {
    return rules()
        .filter(rule -> rule.arn().equals(arn))
        .findFirst()
        .orElseThrow(() -> ElbErrors.of("RuleNotFound", "One or more rules not found: " + arn));
  }

  List<Rule> describe(DescribeRulesRequest request) {
    boolean byListener = request.listenerArn() != null;
    if (byListener == !request.ruleArns().isEmpty()) {
      throw ElbErrors.validation("You must specify either listener rule ARNs or a listener ARN");
    }
    return byListener
        ? listener(request.listenerArn()).rules().stream().map(RuleState::rule).toList()
        : request.ruleArns().stream().map(arn -> rule(arn).rule()).toList();
  }

  synchronized WeightChange modify(ModifyRuleRequest request) {
    RuleState rule = rule(request.ruleArn());
    if (rule.isDefault()) {
      throw ElbErrors.of(
          "OperationNotPermitted", "Default rule '%s' cannot be modified".formatted(rule.arn()));
    }
    Rule.Builder changed = rule.rule().toBuilder();
    if (!request.transforms().isEmpty()) {
      throw new UnsupportedOperationException("not emulated: rule transforms");
    }
    if (!request.conditions().isEmpty()) {
      changed.conditions(request.conditions());
    }
    if (request.hasActions()) {
      changed.actions(check(listenerOf(rule)).accept(request.actions()));
    }
    return write(rule, changed.build());
  }

  synchronized WeightChange modify(ModifyListenerRequest request) {
    ListenerState listener = listener(request.listenerArn());
    if (request.port() != null || request.protocol() != null) {
      throw new UnsupportedOperationException("not emulated: a listener's port or protocol");
    }
    RuleState rule = listener.defaultRule();
    List<Action> actions =
        request.hasDefaultActions()
            ? check(listener).accept(request.defaultActions())
            : rule.rule().actions();
    return write(rule, rule.rule().toBuilder().actions(actions).build());
  }

  synchronized void deleteRule(String arn) {
    RuleState rule = rule(arn);
    if (rule.isDefault()) {
      throw ElbErrors.of(
          "OperationNotPermitted", "Default rule '%s' cannot be deleted".formatted(arn));
    }
    listenerOf(rule).remove(rule);
    refreshUse();
  }

  private WeightChange write(RuleState rule, Rule changed) {
    WeightChange change = rule.write(clock.now(), changed);
    refreshUse();
    return change;
  }

  private ListenerState listenerOf(RuleState rule) {
    return listeners.values().stream()
        .filter(listener -> listener.rules().contains(rule))
        .findFirst()
        .orElseThrow();
  }

  /** Weight 0 counts: a group is in use as soon as a rule names it. */
  private void refreshUse() {
    for (TargetGroupState group : groups.all()) {
      group.setLoadBalancer(
          listeners.values().stream()
              .filter(listener -> names(listener, group))
              .findFirst()
              .map(listener -> listener.loadBalancer().arn())
              .orElse(null));
    }
  }

  private static boolean names(ListenerState listener, TargetGroupState group) {
    return listener.rules().stream()
        .anyMatch(rule -> ForwardActions.targetGroups(rule.rule().actions()).contains(group.arn()));
  }
}
