package io.crossfade.localaws.elb;

import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.sdk.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

/** One load balancer with a listener and a rule for /api/* over two target groups, for tests. */
public final class LoadBalancedSite implements AutoCloseable {
  public final ScaledClock clock;
  public final LocalElb elb;
  public final String loadBalancer;
  public final String listener;
  public final String blue;
  public final String green;
  public final String rule;
  private final List<HttpTarget> targets = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public LoadBalancedSite(double speed) {
    clock = new ScaledClock(speed);
    elb = new LocalElb(clock);
    loadBalancer =
        elb.createLoadBalancer(r -> r.name("site")).loadBalancers().get(0).loadBalancerArn();
    blue = group("api-blue");
    green = group("api-green");
    listener = listener(loadBalancer, 80);
    rule =
        elb.createRule(
                r ->
                    r.listenerArn(listener)
                        .priority(10)
                        .conditions(path("/api/*"))
                        .actions(forward(Map.of(blue, 100, green, 0))))
            .rules()
            .get(0)
            .ruleArn();
  }

  public String listener(String loadBalancerArn, int port) {
    Action notFound =
        Action.builder()
            .type(ActionTypeEnum.FIXED_RESPONSE)
            .fixedResponseConfig(f -> f.statusCode("404").contentType("text/plain"))
            .build();
    return elb.createListener(
            r ->
                r.loadBalancerArn(loadBalancerArn)
                    .protocol(ProtocolEnum.HTTP)
                    .port(port)
                    .defaultActions(notFound))
        .listeners()
        .get(0)
        .listenerArn();
  }

  public String group(String name) {
    String arn =
        elb.createTargetGroup(
                r ->
                    r.name(name)
                        .protocol(ProtocolEnum.HTTP)
                        .port(8080)
                        .targetType(TargetTypeEnum.IP)
                        .healthCheckPath("/health")
                        .healthCheckIntervalSeconds(10)
                        .healthyThresholdCount(2)
                        .unhealthyThresholdCount(2))
            .targetGroups()
            .get(0)
            .targetGroupArn();
    attribute(arn, "deregistration_delay.timeout_seconds", "30");
    return arn;
  }

  public void attribute(String group, String key, String value) {
    TargetGroupAttribute attribute = TargetGroupAttribute.builder().key(key).value(value).build();
    elb.modifyTargetGroupAttributes(r -> r.targetGroupArn(group).attributes(attribute));
  }

  public static RuleCondition path(String pattern) {
    return RuleCondition.builder()
        .field("path-pattern")
        .pathPatternConfig(c -> c.values(pattern))
        .build();
  }

  public static Action forward(Map<String, Integer> weights) {
    List<TargetGroupTuple> tuples =
        weights.entrySet().stream()
            .map(e -> TargetGroupTuple.builder().targetGroupArn(e.getKey()).weight(e.getValue()))
            .map(TargetGroupTuple.Builder::build)
            .toList();
    return Action.builder()
        .type(ActionTypeEnum.FORWARD)
        .forwardConfig(f -> f.targetGroups(tuples))
        .build();
  }

  public void weights(int blueWeight, int greenWeight) {
    Action action = forward(Map.of(blue, blueWeight, green, greenWeight));
    elb.modifyRule(r -> r.ruleArn(rule).actions(action));
  }

  public HttpTarget register(String group, String name) {
    return register(group, new HttpTarget(name));
  }

  public HttpTarget register(String group, HttpTarget target) {
    targets.add(target);
    elb.registerTargets(r -> r.targetGroupArn(group).targets(target.address()));
    return target;
  }

  public TargetHealth health(String group, HttpTarget target) {
    return health(group, target.address());
  }

  private TargetHealth health(String group, TargetDescription target) {
    return elb.describeTargetHealth(r -> r.targetGroupArn(group).targets(target))
        .targetHealthDescriptions()
        .get(0)
        .targetHealth();
  }

  public void awaitState(String group, HttpTarget target, TargetHealthStateEnum state) {
    awaitState(group, target.address(), state);
  }

  void awaitState(String group, TargetDescription target, TargetHealthStateEnum state) {
    Await.until(target + " is " + state, () -> health(group, target).state() == state);
  }

  public HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public URI uri(String path) {
    return elb.url(listener).resolve(path);
  }

  /** The bodies of so many answers. */
  public List<String> bodies(int count) {
    return IntStream.range(0, count).mapToObj(i -> get("/api/x").body()).toList();
  }

  @Override
  public void close() {
    elb.close();
    clock.close();
    targets.forEach(HttpTarget::close);
  }
}
