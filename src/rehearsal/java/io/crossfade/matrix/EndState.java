package io.crossfade.matrix;

import io.crossfade.localaws.LocalAws;
import io.crossfade.site.BookingSite;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * Everything that a release changes, in lines that can be compared between accounts: the rule, the
 * test rule, both services, both scaling targets.
 */
record EndState(Map<String, String> lines) {
  /** With what Application Auto Scaling has still to move: nobody looks once a release is over. */
  static EndState of(LocalAws aws, BookingSite site, String testRule) {
    aws.scaling().settle();
    Map<String, String> lines = new TreeMap<>();
    BookingSite.Application backend = site.backend();
    lines.put("the rule", actions(aws, backend, backend.ruleArn()));
    lines.put("the test rule", actions(aws, backend, testRule));
    aws.ecs()
        .describeServices(r -> r.cluster(site.cluster()).services("backend-blue", "backend-green"))
        .services()
        .forEach(service -> lines.put(service.serviceName(), service(aws, site, service)));
    aws.scaling().targets().stream()
        .filter(target -> target.resourceId().contains("/backend-"))
        .forEach(
            target ->
                lines.put(
                    target.resourceId().replaceFirst(".*/", "") + "'s scaling",
                    "%d to %d %s"
                        .formatted(
                            target.minCapacity(), target.maxCapacity(), target.suspendedState())));
    return new EndState(lines);
  }

  private static String actions(LocalAws aws, BookingSite.Application backend, String rule) {
    return aws.elb()
        .describeRules(r -> r.ruleArns(rule))
        .rules()
        .get(0)
        .actions()
        .toString()
        .replace(backend.blueGroupArn(), "blue")
        .replace(backend.greenGroupArn(), "green");
  }

  /** A task definition that a release has registered is known by its image. */
  private static String service(LocalAws aws, BookingSite site, Service service) {
    String definition = service.taskDefinition();
    String version =
        definition.equals(site.backend().definition())
            ? "as before"
            : aws
                .ecs()
                .describeTaskDefinition(r -> r.taskDefinition(definition))
                .taskDefinition()
                .containerDefinitions()
                .stream()
                .map(container -> container.image())
                .collect(Collectors.joining(","));
    return "%d of %s %s"
        .formatted(service.desiredCount(), version, service.deploymentConfiguration());
  }

  /**
   * One colour has all the traffic, as many tasks as the other one had, and its scaling.
   *
   * @param image what it runs, or "as before"
   */
  boolean isReleaseOf(EndState before, String from, String to, String image) {
    String was = before.lines.get("backend-" + from);
    String tasks = was.replaceFirst(" .*", "");
    return allAt("the rule", from, to)
        && allAt("the test rule", from, to)
        && lines.get("backend-" + to).startsWith("%s of %s ".formatted(tasks, image))
        && lines.get("backend-" + from).equals(was.replaceFirst(tasks, "0"))
        && scaling(to).equals(before.scaling(from))
        && scaling(from).equals(before.scaling(to));
  }

  private boolean allAt(String rule, String from, String to) {
    return lines.get(rule).matches(".*%s, Weight=100.*".formatted(to))
        && lines.get(rule).matches(".*%s, Weight=0.*".formatted(from));
  }

  private String scaling(String colour) {
    return lines.get("backend-%s's scaling".formatted(colour));
  }

  boolean sameLine(EndState other, String line) {
    return lines.get(line).equals(other.lines.get(line));
  }

  /** What is different here, in words. */
  String differences(EndState other) {
    return lines.keySet().stream()
        .filter(line -> !sameLine(other, line))
        .map(line -> "%s is %s, not %s".formatted(line, lines.get(line), other.lines.get(line)))
        .collect(Collectors.joining("; "));
  }
}
