package io.crossfade.drill;

import io.crossfade.drill.AwsAccount.DescribedStack;
import io.crossfade.drill.DrillTarget.TaskSize;
import io.crossfade.fleet.EcsServices;
import io.crossfade.gate.CloudWatchAlarmReader;
import io.crossfade.plan.ReleaseDefaults;
import io.crossfade.plan.ReleaseParser;
import io.crossfade.plan.RoleResolver;
import io.crossfade.plan.ValidationError;
import io.crossfade.release.Arn;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.Release;
import io.crossfade.traffic.ElbListenerRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Finds what a drill will touch. It only reads. */
final class TargetFinder {
  /** The tag that a service must carry, with any value. */
  static final String TAG = "crossfade:drill";

  private final AwsAccount aws;
  private final DrillOptions options;

  TargetFinder(AwsAccount aws, DrillOptions options) {
    this.aws = aws;
    this.options = options;
  }

  /**
   * @throws DrillRefused if something is not there, or a service does not allow it
   */
  DrillTarget find() {
    String account = aws.id();
    DescribedStack stack = aws.stack(options.stack());
    String cluster = cluster(stack);
    String rule = options.rule().orElseGet(() -> aws.stack(options.site()).output(ruleOutput()));
    List<String> names =
        Stream.of("blue", "green").map(colour -> options.service() + "-" + colour).toList();
    Map<String, Service> services = services(cluster, names);
    requireTags(services);
    DeploymentTarget roles = roles(rule, cluster, names);
    Service stable = services.get(roles.stable().service());
    TaskDefinition definition =
        aws.ecs()
            .describeTaskDefinition(r -> r.taskDefinition(stable.taskDefinition()))
            .taskDefinition();
    Optional<MetricAlarm> alarm =
        options.scenario() == DrillScenario.ALARM
            ? Optional.of(alarm(roles.canary().dimension(), roles.stable().dimension()))
            : Optional.empty();
    return new DrillTarget(
        account,
        aws.region(),
        stack.output("StateMachineArn"),
        stack.output("StateBucketName"),
        cluster,
        rule,
        roles.stable().service(),
        roles.canary().service(),
        roles.canary().targetGroupArn(),
        stable.desiredCount(),
        size(definition),
        options.image().orElseGet(() -> image(stable, roles.stable().targetGroupArn(), definition)),
        alarm.map(MetricAlarm::alarmName),
        alarm.map(TargetFinder::actions).orElse(List.of()),
        stack.parameters().getOrDefault("SlackChannel", ""),
        stack.parameters().getOrDefault("SlackApprovers", ""));
  }

  /** A releasing stack may be deployed without one; then the site's. */
  private String cluster(DescribedStack stack) {
    String own = stack.parameters().getOrDefault("Cluster", "");
    return own.isBlank() ? aws.stack(options.site()).output("Cluster") : own;
  }

  private String ruleOutput() {
    String name = options.service();
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + "RuleArn";
  }

  private Map<String, Service> services(String cluster, List<String> names) {
    var described =
        aws.ecs()
            .describeServices(r -> r.cluster(cluster).services(names).include(ServiceField.TAGS));
    if (!described.failures().isEmpty()) {
      throw new DrillRefused(
          described.failures().stream()
              .map(failure -> "%s: %s".formatted(failure.arn(), failure.reason()))
              .toList());
    }
    Map<String, Service> found = new LinkedHashMap<>();
    described.services().forEach(service -> found.put(service.serviceName(), service));
    return found;
  }

  private static void requireTags(Map<String, Service> services) {
    List<String> problems = new ArrayList<>();
    for (Service service : services.values()) {
      if (service.tags().stream().noneMatch(tag -> tag.key().equals(TAG))) {
        problems.add(
            "service %s has no tag %s; allow the drill with: aws ecs tag-resource --resource-arn %s --tags key=%s,value=allowed"
                .formatted(service.serviceName(), TAG, service.serviceArn(), TAG));
      }
    }
    if (!problems.isEmpty()) {
      throw new DrillRefused(problems);
    }
  }

  /** As a release finds them: by the rule's weights. */
  private DeploymentTarget roles(String rule, String cluster, List<String> names) {
    Release release =
        parsed(
            DrillInput.of(options, cluster, rule, "registry.example/image:1", Optional.empty()),
            rule,
            cluster);
    try {
      var result =
          RoleResolver.resolve(
              release,
              new ElbListenerRules(aws.elb()).read(rule),
              new EcsServices(aws.ecs()).find(cluster, names));
      if (result instanceof RoleResolver.Unresolved unresolved) {
        throw new DrillRefused(unresolved.problems());
      }
      return ((RoleResolver.Resolved) result).target();
    } catch (PermanentFailure noRule) {
      throw new DrillRefused(noRule.getMessage());
    }
  }

  private static Release parsed(Map<String, Object> input, String rule, String cluster) {
    String known = Arn.isOne(rule) ? rule : "arn:aws:x:::";
    ReleaseDefaults defaults = new ReleaseDefaults(cluster, 300, Arn.place(known), false, false);
    ReleaseParser.Result result = ReleaseParser.parse(input, defaults);
    if (result instanceof ReleaseParser.Invalid invalid) {
      throw new DrillRefused(invalid.errors().stream().map(ValidationError::sentence).toList());
    }
    return ((ReleaseParser.Valid) result).release();
  }

  private static TaskSize size(TaskDefinition definition) {
    return new TaskSize(number(definition.cpu()) / 1024, number(definition.memory()) / 1024);
  }

  private static double number(String text) {
    return text == null ? 0 : Double.parseDouble(text);
  }

  /** The image that answers now: by the digest that its tasks run, for a tag can move. */
  private String image(Service stable, String group, TaskDefinition definition) {
    String container =
        stable.loadBalancers().stream()
            .filter(balancer -> group.equals(balancer.targetGroupArn()))
            .findFirst()
            .orElseThrow()
            .containerName();
    String image =
        definition.containerDefinitions().stream()
            .filter(each -> each.name().equals(container))
            .findFirst()
            .orElseThrow()
            .image();
    return byDigest(image, digest(stable, container));
  }

  private Optional<String> digest(Service service, String container) {
    List<String> tasks =
        aws.ecs()
            .listTasks(r -> r.cluster(service.clusterArn()).serviceName(service.serviceName()))
            .taskArns();
    if (tasks.isEmpty()) {
      return Optional.empty();
    }
    return aws
        .ecs()
        .describeTasks(r -> r.cluster(service.clusterArn()).tasks(tasks.get(0)))
        .tasks()
        .stream()
        .flatMap(task -> task.containers().stream())
        .filter(each -> each.name().equals(container))
        .map(Container::imageDigest)
        .filter(digest -> digest != null)
        .findFirst();
  }

  /** {@code registry:5000/name:tag} without its tag, and with the digest. */
  static String byDigest(String image, Optional<String> digest) {
    if (image.contains("@") || digest.isEmpty()) {
      return image;
    }
    int tag = image.indexOf(':', image.lastIndexOf('/') + 1);
    return (tag < 0 ? image : image.substring(0, tag)) + "@" + digest.get();
  }

  /**
   * Every release that watches the alarm is turned back by it, so it must be on these groups alone.
   *
   * @param canary as CloudWatch's TargetGroup dimension; so is the other
   */
  MetricAlarm alarm(String canary, String stable) {
    MetricAlarm alarm = options.alarm().map(aws::alarm).orElseGet(() -> onGroup(canary));
    if (scales(alarm)) {
      throw new DrillRefused("the alarm %s would scale a service".formatted(alarm.alarmName()));
    }
    Set<String> measured =
        new CloudWatchAlarmReader(aws.cloudWatch())
            .named(List.of(alarm.alarmName())).stream()
                .flatMap(each -> each.groups().stream())
                .collect(Collectors.toSet());
    if (measured.isEmpty() || !Set.of(canary, stable).containsAll(measured)) {
      throw new DrillRefused(
          "the alarm %s measures more than the target groups of this drill, %s and %s; it would turn back other releases, too"
              .formatted(alarm.alarmName(), canary, stable));
    }
    if (alarm.stateValue() != StateValue.OK) {
      throw new DrillRefused(
          "the alarm %s is %s, and must be OK before the drill"
              .formatted(alarm.alarmName(), alarm.stateValueAsString()));
    }
    return alarm;
  }

  private MetricAlarm onGroup(String dimension) {
    return aws
        .cloudWatch()
        .describeAlarmsPaginator(r -> r.alarmTypes(AlarmType.METRIC_ALARM))
        .metricAlarms()
        .stream()
        .filter(alarm -> !scales(alarm))
        .filter(
            alarm ->
                alarm.dimensions().stream()
                    .anyMatch(d -> d.name().equals("TargetGroup") && d.value().equals(dimension)))
        .findFirst()
        .orElseThrow(
            () ->
                new DrillRefused(
                    "no metric alarm has the dimension TargetGroup %s; name one with -Dalarm="
                        .formatted(dimension)));
  }

  /** Application Auto Scaling makes some itself; others call a policy of steps. */
  private static boolean scales(MetricAlarm alarm) {
    return alarm.alarmName().startsWith("TargetTracking-")
        || Stream.concat(alarm.alarmActions().stream(), alarm.okActions().stream())
            .anyMatch(action -> action.contains(":scalingPolicy:"));
  }

  /** What it calls when it goes to ALARM and when it is OK again. */
  static List<String> actions(MetricAlarm alarm) {
    return Boolean.FALSE.equals(alarm.actionsEnabled())
        ? List.of()
        : Stream.concat(alarm.alarmActions().stream(), alarm.okActions().stream())
            .distinct()
            .toList();
  }
}
