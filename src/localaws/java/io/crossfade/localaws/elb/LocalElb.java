package io.crossfade.localaws.elb;

import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.cloudwatch.MetricDatapoint;
import io.crossfade.localaws.cloudwatch.MetricSource;
import io.crossfade.localaws.sdk.Page;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

/**
 * Elastic Load Balancing with a data plane. Each listener gets a port of its own on 127.0.0.1,
 * which the API tells in place of the one that was asked for. Closing it closes the listeners.
 */
public final class LocalElb implements ElasticLoadBalancingV2Client, MetricSource {
  /** The delay from a write to a rule until requests follow it, in world time. */
  public static final Duration PROPAGATION = Duration.ofSeconds(3);

  /** Where every load balancer is reached. */
  static final String DNS_NAME = "127.0.0.1";

  private static final int MAX_PER_PAGE = 400;

  /**
   * AWS does not tell how much it answers unless it is asked; a client that counts on all fails.
   */
  private static final int PER_PAGE = 100;

  private final ScaledClock clock;
  private final Duration propagation;
  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(2));
  private final HttpClient client =
      vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(150).setKeepAliveTimeout(5));
  private final TargetGroups groups;
  private final Listeners listeners;
  private final HealthChecks healthChecks;
  private final MetricSource metrics;
  private final Map<String, ListenerProxy> proxies = new ConcurrentHashMap<>();
  private final List<WeightChange> weightChanges = new CopyOnWriteArrayList<>();
  private final List<Consumer<WeightChange>> onRuleWritten = new CopyOnWriteArrayList<>();

  public LocalElb(ScaledClock clock) {
    this(clock, PROPAGATION);
  }

  public LocalElb(ScaledClock clock, Duration propagation) {
    this.clock = clock;
    this.propagation = propagation;
    this.groups = new TargetGroups(clock);
    this.listeners = new Listeners(clock, groups);
    this.healthChecks = new HealthChecks(clock, vertx, groups);
    this.metrics = new ElbMetrics(listeners, groups);
  }

  /** The real address of a listener. */
  public URI url(String listenerArn) {
    return proxy(listenerArn).url();
  }

  public ListenerProxy proxy(String listenerArn) {
    listeners.listener(listenerArn);
    return proxies.get(listenerArn);
  }

  /** Every write to one rule, its creation first. */
  public List<WeightChange> weightChanges(String ruleArn) {
    return weightChanges.stream().filter(change -> change.ruleArn().equals(ruleArn)).toList();
  }

  /** Every write to any rule, oldest first. */
  public List<WeightChange> weightChanges() {
    return List.copyOf(weightChanges);
  }

  /** Calls back after every write to a rule, on the thread of the caller that wrote it. */
  public void onRuleWritten(Consumer<WeightChange> listener) {
    onRuleWritten.add(listener);
  }

  /** How many targets of a group are healthy. */
  public long healthy(String targetGroupArn) {
    return describeTargetHealth(r -> r.targetGroupArn(targetGroupArn))
        .targetHealthDescriptions()
        .stream()
        .filter(target -> target.targetHealth().stateAsString().equals("healthy"))
        .count();
  }

  /** The responses of a target group so far. */
  public RequestTotals totals(String targetGroupArn) {
    return RequestTotals.of(groups.find(targetGroupArn).counters());
  }

  @Override
  public boolean measures(String namespace, String metric) {
    return metrics.measures(namespace, metric);
  }

  @Override
  public Instant shownUntil(Instant now) {
    return metrics.shownUntil(now);
  }

  @Override
  public List<Metric> metrics() {
    return metrics.metrics();
  }

  @Override
  public List<MetricDatapoint> data(
      String namespace, String metric, Map<String, String> dimensions, Instant from, Instant to) {
    return metrics.data(namespace, metric, dimensions, from, to);
  }

  @Override
  public CreateLoadBalancerResponse createLoadBalancer(CreateLoadBalancerRequest request) {
    requireNoTags(request.tags());
    LoadBalancer created = listeners.create(request).settings();
    return CreateLoadBalancerResponse.builder().loadBalancers(created).build();
  }

  @Override
  public DescribeLoadBalancersResponse describeLoadBalancers(DescribeLoadBalancersRequest request) {
    Page<LoadBalancer> page =
        page(listeners.describe(request), request.marker(), request.pageSize());
    return DescribeLoadBalancersResponse.builder()
        .loadBalancers(page.items())
        .nextMarker(page.next())
        .build();
  }

  @Override
  public CreateListenerResponse createListener(CreateListenerRequest request) {
    requireNoTags(request.tags());
    ListenerState created = listeners.create(request);
    ListenerProxy proxy = new ListenerProxy(vertx, client, clock, propagation, created, groups);
    created.reachedAt(proxy.url().getPort());
    proxies.put(created.arn(), proxy);
    written(created.defaultRule().weightChanges().get(0));
    return CreateListenerResponse.builder().listeners(created.listener()).build();
  }

  @Override
  public DescribeListenersResponse describeListeners(DescribeListenersRequest request) {
    Page<Listener> page = page(listeners.describe(request), request.marker(), request.pageSize());
    return DescribeListenersResponse.builder()
        .listeners(page.items())
        .nextMarker(page.next())
        .build();
  }

  @Override
  public ModifyListenerResponse modifyListener(ModifyListenerRequest request) {
    written(listeners.modify(request));
    return ModifyListenerResponse.builder()
        .listeners(listeners.listener(request.listenerArn()).listener())
        .build();
  }

  @Override
  public CreateRuleResponse createRule(CreateRuleRequest request) {
    if (!request.transforms().isEmpty()) {
      throw new UnsupportedOperationException("not emulated: rule transforms");
    }
    requireNoTags(request.tags());
    RuleState created = listeners.create(request);
    written(created.weightChanges().get(0));
    return CreateRuleResponse.builder().rules(created.rule()).build();
  }

  @Override
  public DescribeRulesResponse describeRules(DescribeRulesRequest request) {
    Page<Rule> page = page(listeners.describe(request), request.marker(), request.pageSize());
    return DescribeRulesResponse.builder().rules(page.items()).nextMarker(page.next()).build();
  }

  @Override
  public ModifyRuleResponse modifyRule(ModifyRuleRequest request) {
    written(listeners.modify(request));
    return ModifyRuleResponse.builder().rules(listeners.rule(request.ruleArn()).rule()).build();
  }

  @Override
  public DeleteRuleResponse deleteRule(DeleteRuleRequest request) {
    listeners.deleteRule(request.ruleArn());
    return DeleteRuleResponse.builder().build();
  }

  @Override
  public CreateTargetGroupResponse createTargetGroup(CreateTargetGroupRequest request) {
    requireNoTags(request.tags());
    TargetGroupState created = groups.create(request);
    return CreateTargetGroupResponse.builder()
        .targetGroups(TargetGroups.described(created))
        .build();
  }

  @Override
  public DescribeTargetGroupsResponse describeTargetGroups(DescribeTargetGroupsRequest request) {
    Page<TargetGroup> page = page(groups.describe(request), request.marker(), request.pageSize());
    return DescribeTargetGroupsResponse.builder()
        .targetGroups(page.items())
        .nextMarker(page.next())
        .build();
  }

  @Override
  public DescribeTargetGroupAttributesResponse describeTargetGroupAttributes(
      DescribeTargetGroupAttributesRequest request) {
    return DescribeTargetGroupAttributesResponse.builder()
        .attributes(TargetGroups.attributes(groups.find(request.targetGroupArn())))
        .build();
  }

  @Override
  public ModifyTargetGroupAttributesResponse modifyTargetGroupAttributes(
      ModifyTargetGroupAttributesRequest request) {
    return ModifyTargetGroupAttributesResponse.builder().attributes(groups.modify(request)).build();
  }

  @Override
  public RegisterTargetsResponse registerTargets(RegisterTargetsRequest request) {
    groups.register(request.targetGroupArn(), request.targets());
    return RegisterTargetsResponse.builder().build();
  }

  @Override
  public DeregisterTargetsResponse deregisterTargets(DeregisterTargetsRequest request) {
    groups.deregister(request.targetGroupArn(), request.targets());
    return DeregisterTargetsResponse.builder().build();
  }

  @Override
  public DescribeTargetHealthResponse describeTargetHealth(DescribeTargetHealthRequest request) {
    return DescribeTargetHealthResponse.builder()
        .targetHealthDescriptions(groups.health(request))
        .build();
  }

  private static void requireNoTags(List<Tag> tags) {
    if (!tags.isEmpty()) {
      throw new UnsupportedOperationException("not emulated: tags of load balancing");
    }
  }

  private void written(WeightChange change) {
    weightChanges.add(change);
    onRuleWritten.forEach(listener -> listener.accept(change));
  }

  private static <T> Page<T> page(List<T> all, String marker, Integer size) {
    if (size != null && (size < 1 || size > MAX_PER_PAGE)) {
      throw ElbErrors.validation("A page size is 1 to 400, found " + size);
    }
    return Page.of(
        all,
        marker,
        size == null ? PER_PAGE : size,
        () -> ElbErrors.validation("The marker '%s' is not valid".formatted(marker)));
  }

  @Override
  public String serviceName() {
    return "elasticloadbalancing";
  }

  @Override
  public void close() {
    healthChecks.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
