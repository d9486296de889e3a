package io.crossfade.site;

import io.crossfade.localaws.LocalAws;
import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.sdk.Await;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/**
 * The infrastructure of the sample site: one load balancer with one listener and two rules, and for
 * the frontend and the backend two services each, of which blue is stable.
 */
public final class BookingSite {
  public static final String FRONTEND_IMAGE = "registry.example/frontend:1";
  public static final String BACKEND_IMAGE = "registry.example/backend:1";

  /** With this header and this value a request takes the test rule of its application. */
  public static final String TEST_HEADER = "X-Crossfade-Test";

  public static final String TEST_SECRET = "a-secret-of-the-sample-site";

  private static final String FRONTEND = "frontend";

  /**
   * Names that a release may bring along.
   *
   * @param released the application that is released: the site's frontend if that is its name, else
   *     the backend under this name
   */
  public record Names(String cluster, String released, String container) {
    public static final Names SAMPLE = new Names("site", "backend", "app");

    public boolean releasesFrontend() {
      return released.equals(FRONTEND);
    }

    private String backend() {
      return releasesFrontend() ? SAMPLE.released() : released;
    }
  }

  /** One application: its rule, and the target groups of its two colours. */
  public record Application(
      String name, String ruleArn, String blueGroupArn, String greenGroupArn, String definition) {}

  private final LocalAws aws;
  private final Names names;
  private final String loadBalancerArn;
  private final String listenerArn;
  private final Application backend;
  private final Application frontend;
  private final List<Application> more = new ArrayList<>();
  private int testRules;

  public BookingSite(LocalAws aws, Names names) {
    this(aws, names, 0);
  }

  /**
   * @param number how many more backends there are, each with a rule and two services of its own
   */
  public BookingSite(LocalAws aws, Names names, int number) {
    this.aws = aws;
    this.names = names;
    aws.ecs().createCluster(r -> r.clusterName(names.cluster()));
    this.loadBalancerArn =
        aws.elb().createLoadBalancer(r -> r.name("site")).loadBalancers().get(0).loadBalancerArn();
    this.listenerArn = listener();
    this.backend = application(names.backend(), BACKEND_IMAGE, "/api/*", 10);
    for (int i = 1; i <= number; i++) {
      more.add(application("backend-" + i, BACKEND_IMAGE, "/%d/*".formatted(i), 10 + i));
    }
    this.frontend = application(FRONTEND, FRONTEND_IMAGE, "/*", Math.max(20, 11 + number));
    aws.scaling().settle();
    aws.cloudFormation()
        .put(
            "booking-site",
            aws.clock().now(),
            Map.of(),
            Map.of(
                "Cluster", names.cluster(),
                "BackendRuleArn", backend.ruleArn(),
                "FrontendRuleArn", frontend.ruleArn()));
  }

  public Application backend() {
    return backend;
  }

  public Application frontend() {
    return frontend;
  }

  /** The further backends. */
  public List<Application> more() {
    return List.copyOf(more);
  }

  private List<Application> applications() {
    return Stream.concat(Stream.of(backend, frontend), more.stream()).toList();
  }

  /** The application that the names of this site release. */
  public Application released() {
    return names.releasesFrontend() ? frontend : backend;
  }

  public String cluster() {
    return names.cluster();
  }

  public String listenerArn() {
    return listenerArn;
  }

  public URI url() {
    return aws.elb().url(listenerArn);
  }

  /** Waits until both stable services run and are healthy behind the load balancer. */
  public void awaitHealthy() {
    for (Application application : applications()) {
      Await.until(
          application.name() + " is healthy",
          () -> aws.elb().healthy(application.blueGroupArn()) >= 2,
          () -> instead(application));
      Await.until(
          application.name() + " is at rest",
          () -> {
            var service =
                aws.ecs()
                    .describeServices(
                        r -> r.cluster(names.cluster()).services(application.name() + "-blue"))
                    .services()
                    .get(0);
            return service.runningCount().equals(service.desiredCount())
                && service.deployments().get(0).rolloutStateAsString().equals("COMPLETED");
          });
    }
  }

  private String instead(Application application) {
    return "%s %s"
        .formatted(
            aws.elb().describeTargetHealth(r -> r.targetGroupArn(application.blueGroupArn())),
            aws.ecs()
                .describeServices(
                    r -> r.cluster(names.cluster()).services(application.name() + "-blue")));
  }

  private String listener() {
    Action notFound =
        Action.builder()
            .type(ActionTypeEnum.FIXED_RESPONSE)
            .fixedResponseConfig(f -> f.statusCode("404").contentType("text/plain"))
            .build();
    return aws.elb()
        .createListener(
            r ->
                r.loadBalancerArn(loadBalancerArn)
                    .protocol("HTTP")
                    .port(80)
                    .defaultActions(notFound))
        .listeners()
        .get(0)
        .listenerArn();
  }

  /** One more application beside the two, with a rule between theirs. */
  public Application add(String name) {
    return application(name, BACKEND_IMAGE, "/%s/*".formatted(name), 15);
  }

  /**
   * Gives an application a second rule, before all others: for its paths, and for requests that
   * have {@link #TEST_HEADER}. A release of the application has to name it from then on.
   *
   * @return the rule's ARN
   */
  public String addTestRule(Application application) {
    Rule rule = aws.elb().describeRules(r -> r.ruleArns(application.ruleArn())).rules().get(0);
    RuleCondition secret =
        RuleCondition.builder()
            .field("http-header")
            .httpHeaderConfig(c -> c.httpHeaderName(TEST_HEADER).values(TEST_SECRET))
            .build();
    int priority = ++testRules;
    return aws.elb()
        .createRule(
            r ->
                r.listenerArn(listenerArn)
                    .priority(priority)
                    .conditions(
                        Stream.concat(rule.conditions().stream(), Stream.of(secret)).toList())
                    .actions(rule.actions()))
        .rules()
        .get(0)
        .ruleArn();
  }

  private Application application(String name, String image, String path, int priority) {
    String blue = group(name + "-blue");
    String green = group(name + "-green");
    String rule =
        aws.elb()
            .createRule(
                r ->
                    r.listenerArn(listenerArn)
                        .priority(priority)
                        .conditions(
                            RuleCondition.builder()
                                .field("path-pattern")
                                .pathPatternConfig(c -> c.values(path))
                                .build())
                        .actions(forward(Map.of(blue, 100, green, 0))))
            .rules()
            .get(0)
            .ruleArn();
    String definition = define(name, image);
    service(name + "-blue", definition, blue, 2);
    service(name + "-green", definition, green, 0);
    scale(name + "-blue", 2);
    scale(name + "-green", 0);
    alarm(name + "-blue-5xx", blue);
    alarm(name + "-green-5xx", green);
    return new Application(name, rule, blue, green, definition);
  }

  private String group(String name) {
    String arn =
        aws.elb()
            .createTargetGroup(
                r ->
                    r.name(name.length() <= 32 ? name : name.substring(name.length() - 32))
                        .protocol("HTTP")
                        .port(8080)
                        .targetType("ip")
                        .healthCheckPath("/health")
                        .healthCheckIntervalSeconds(10)
                        .healthyThresholdCount(2)
                        .unhealthyThresholdCount(2))
            .targetGroups()
            .get(0)
            .targetGroupArn();
    TargetGroupAttribute delay =
        TargetGroupAttribute.builder()
            .key("deregistration_delay.timeout_seconds")
            .value("60")
            .build();
    aws.elb().modifyTargetGroupAttributes(r -> r.targetGroupArn(arn).attributes(delay));
    return arn;
  }

  public static Action forward(Map<String, Integer> weights) {
    List<TargetGroupTuple> tuples =
        weights.entrySet().stream()
            .map(
                e ->
                    TargetGroupTuple.builder()
                        .targetGroupArn(e.getKey())
                        .weight(e.getValue())
                        .build())
            .toList();
    return Action.builder()
        .type(ActionTypeEnum.FORWARD)
        .forwardConfig(f -> f.targetGroups(tuples))
        .build();
  }

  private String define(String family, String image) {
    ContainerDefinition container =
        ContainerDefinition.builder()
            .name(names.container())
            .image(image)
            .essential(true)
            .portMappings(PortMapping.builder().containerPort(8080).protocol("tcp").build())
            .environment(KeyValuePair.builder().name("STAGE").value("rehearsal").build())
            .build();
    return aws.ecs()
        .registerTaskDefinition(
            r ->
                r.family(family)
                    .networkMode("awsvpc")
                    .requiresCompatibilitiesWithStrings("FARGATE")
                    .cpu("1024")
                    .memory("2048")
                    .taskRoleArn(role("site-task"))
                    .executionRoleArn(role("site-execution"))
                    .tags(tag("application", family), tag("CrossfadeCheck", "true"))
                    .containerDefinitions(container))
        .taskDefinition()
        .taskDefinitionArn();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private static String role(String name) {
    return "arn:aws:iam::%s:role/%s".formatted(Arns.ACCOUNT, name);
  }

  private void service(String name, String definition, String group, int desired) {
    aws.ecs()
        .createService(
            r ->
                r.cluster(names.cluster())
                    .serviceName(name)
                    .taskDefinition(definition)
                    .desiredCount(desired)
                    .launchType("FARGATE")
                    .networkConfiguration(
                        network ->
                            network.awsvpcConfiguration(
                                vpc -> vpc.subnets("subnet-1").securityGroups("sg-1")))
                    .healthCheckGracePeriodSeconds(60)
                    .loadBalancers(
                        LoadBalancer.builder()
                            .targetGroupArn(group)
                            .containerName(names.container())
                            .containerPort(8080)
                            .build()));
  }

  private void scale(String service, int min) {
    aws.scaling()
        .registerScalableTarget(
            r ->
                r.serviceNamespace("ecs")
                    .scalableDimension("ecs:service:DesiredCount")
                    .resourceId("service/%s/%s".formatted(names.cluster(), service))
                    .minCapacity(min)
                    .maxCapacity(6));
  }

  /** Creates an alarm that nothing makes fire, and waits until it is OK, as it is without data. */
  public void quietAlarm(String name) {
    aws.cloudWatch()
        .putMetricAlarm(
            r ->
                r.alarmName(name)
                    .namespace("Rehearsal")
                    .metricName(name)
                    .statistic(Statistic.SUM)
                    .period(60)
                    .evaluationPeriods(1)
                    .threshold(1.0)
                    .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                    .treatMissingData("notBreaching"));
    Await.until("the alarm " + name + " is OK", () -> alarms(name).equals(List.of(StateValue.OK)));
  }

  /** Whether there is an alarm of that name. */
  public boolean hasAlarm(String name) {
    return !alarms(name).isEmpty();
  }

  private List<StateValue> alarms(String name) {
    return aws.cloudWatch().describeAlarms(r -> r.alarmNames(name)).metricAlarms().stream()
        .map(MetricAlarm::stateValue)
        .toList();
  }

  /** Five failed requests within a minute; no requests at all are fine. */
  private void alarm(String name, String group) {
    aws.cloudWatch()
        .putMetricAlarm(
            r ->
                r.alarmName(name)
                    .namespace("AWS/ApplicationELB")
                    .metricName("HTTPCode_Target_5XX_Count")
                    .dimensions(
                        dimension("LoadBalancer", loadBalancerDimension()),
                        dimension("TargetGroup", "targetgroup/" + after(group, "targetgroup/")))
                    .statistic(Statistic.SUM)
                    .period(60)
                    .evaluationPeriods(1)
                    .threshold(5.0)
                    .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                    .treatMissingData("notBreaching"));
  }

  /**
   * The alarms of the released application fire at more than 5 % of errors in a minute, instead of
   * five errors: as in {@code infrastructure/site.yaml}, whose {@code ErrorMinRequests} is so high
   * that one failure of each task in a minute makes no 2 % of them.
   */
  public void alarmByShare() {
    alarmByShare(released().name() + "-blue-5xx", released().blueGroupArn());
    alarmByShare(released().name() + "-green-5xx", released().greenGroupArn());
  }

  private void alarmByShare(String name, String group) {
    MetricDataQuery rate =
        MetricDataQuery.builder()
            .id("rate")
            .expression("IF(requests >= 120, 100 * errors / requests, 0)")
            .returnData(true)
            .build();
    aws.cloudWatch()
        .putMetricAlarm(
            r ->
                r.alarmName(name)
                    .metrics(
                        rate,
                        sum("errors", "HTTPCode_Target_5XX_Count", group),
                        sum("requests", "RequestCount", group))
                    .evaluationPeriods(1)
                    .threshold(5.0)
                    .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                    .treatMissingData("notBreaching"));
  }

  private MetricDataQuery sum(String id, String metric, String group) {
    return MetricDataQuery.builder()
        .id(id)
        .returnData(false)
        .metricStat(
            stat ->
                stat.stat("Sum")
                    .period(60)
                    .metric(
                        m ->
                            m.namespace("AWS/ApplicationELB")
                                .metricName(metric)
                                .dimensions(
                                    dimension("LoadBalancer", loadBalancerDimension()),
                                    dimension(
                                        "TargetGroup",
                                        "targetgroup/" + after(group, "targetgroup/")))))
        .build();
  }

  /** CloudWatch's LoadBalancer dimension: {@code app/<name>/<id>}. */
  public String loadBalancerDimension() {
    return after(loadBalancerArn, "loadbalancer/");
  }

  public static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }

  private static String after(String arn, String part) {
    return arn.substring(arn.indexOf(part) + part.length());
  }
}
