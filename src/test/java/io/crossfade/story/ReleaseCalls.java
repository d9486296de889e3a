package io.crossfade.story;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Every call of a happy release with the steps that it has by default, and what it is for, but for
 * those of the function that shows it in Slack, for which no release waits. {@link
 * ReleaseCallsTest} holds the table of {@code docs/performance.md} to it, {@link ReleaseCallsStory}
 * a recorded release.
 */
final class ReleaseCalls {
  /**
   * @param handler whose function makes it
   * @param operation such as {@code ecs:UpdateService}
   * @param each how often one invocation makes it at most
   * @param release how often a whole release does
   */
  record Row(String handler, String operation, int each, int release, String reason) {
    static Row parse(String line) {
      String[] cells = line.split("\\|");
      return new Row(
          cells[0].strip(),
          cells[1].strip(),
          Integer.parseInt(cells[2].strip()),
          Integer.parseInt(cells[3].strip()),
          cells[4].strip());
    }
  }

  private static final String LOCK = "the lock is asked for before anything is changed";
  private static final String COMMAND = "whether a person has given a command";
  private static final String STATUS = "what the message in Slack shows, where people would see it";

  /** Four steps of 300 s have thirteen looks each, and a minute of requests shows 22 times. */
  static final List<Row> ROWS =
      """
      plan | s3:GetObject | 4 | 4 | who has the lock of the rule; whether it, or all, is frozen; whether the release was told of before
      plan | s3:PutObject | 4 | 4 | takes the lock on a condition; the message that tells of the release; the snapshot, the undo of all that follows; STATUS
      plan | elasticloadbalancing:DescribeRules | 2 | 2 | the rule as it is; the rules around it, which may serve the same groups
      plan | elasticloadbalancing:DescribeTargetGroups | 1 | 1 | the load balancer of the two groups
      plan | elasticloadbalancing:DescribeListeners | 1 | 1 | its listeners, whose rules are read
      plan | ecs:DescribeServices | 1 | 1 | both services: which is stable, and whether they may be released
      plan | ecs:DescribeTaskDefinition | 2 | 2 | the one to clone; whether the parked one can be put back
      plan | application-autoscaling:DescribeScalableTargets | 1 | 1 | bounds and flags of both, for the snapshot
      plan | monitoring:DescribeAlarms | 1 | 1 | all alarms of the account: which watch the release, and whether one fires
      register-task-definition | s3:GetObject | 1 | 1 | LOCK
      register-task-definition | ecs:DescribeTaskDefinition | 3 | 3 | the one to clone; the latest, which a try before may have registered; read back
      register-task-definition | ecs:RegisterTaskDefinition | 1 | 1 | the new version
      register-task-definition | s3:PutObject | 1 | 1 | STATUS
      resolve-target-group | s3:GetObject | 1 | 1 | LOCK
      resolve-target-group | elasticloadbalancing:DescribeRules | 1 | 1 | whether somebody else wrote it; whether the group is in it
      resolve-target-group | s3:PutObject | 1 | 1 | STATUS
      scale-out | s3:GetObject | 1 | 1 | LOCK
      scale-out | ecs:DescribeServices | 2 | 2 | both services, for the capacity that is needed; read back
      scale-out | ecs:UpdateService | 1 | 1 | starts the new version
      scale-out | application-autoscaling:DescribeScalableTargets | 2 | 2 | both, as a write that changes nothing may move a service; both read back
      scale-out | application-autoscaling:RegisterScalableTarget | 2 | 2 | holds each service
      scale-out | s3:PutObject | 1 | 1 | STATUS
      check-health | ecs:DescribeServices | 1 | 3 | whether the rollout is complete or given up
      check-health | elasticloadbalancing:DescribeTargetHealth | 1 | 3 | healthy targets, three times in a row
      check-health | s3:GetObject | 1 | 3 | COMMAND
      check-health | s3:PutObject | 1 | 3 | STATUS
      shift-traffic | s3:GetObject | 1 | 4 | LOCK
      shift-traffic | elasticloadbalancing:DescribeTargetHealth | 1 | 4 | the group that gets traffic has its capacity at this moment
      shift-traffic | elasticloadbalancing:DescribeRules | 2 | 8 | whether somebody else wrote it; read back
      shift-traffic | elasticloadbalancing:ModifyRule | 1 | 4 | the next weight
      shift-traffic | s3:PutObject | 1 | 4 | STATUS
      check-alarms | monitoring:DescribeAlarms | 1 | 52 | the state of each alarm; at the first look of a step, of all that there are
      check-alarms | elasticloadbalancing:DescribeTargetHealth | 1 | 52 | whether anybody answers, and how long targets have been missing
      check-alarms | monitoring:GetMetricData | 1 | 22 | requests without an answer, once for each minute that CloudWatch shows
      check-alarms | s3:GetObject | 1 | 52 | COMMAND
      check-alarms | s3:PutObject | 1 | 4 | STATUS
      request-approval | s3:GetObject | 2 | 2 | whether it was asked before: a function may run twice; COMMAND
      request-approval | elasticloadbalancing:DescribeRules | 1 | 1 | nobody is asked about weights that somebody else wrote
      request-approval | elasticloadbalancing:DescribeTargetHealth | 1 | 1 | nor about a version that lacks targets
      request-approval | monitoring:DescribeAlarms | 1 | 1 | nor while an alarm fires
      request-approval | monitoring:GetMetricData | 1 | 1 | requests and errors of both colours, and those without an answer
      request-approval | s3:PutObject | 2 | 2 | the question before it is posted; where it was posted
      slack-callback | s3:GetObject | 1 | 1 | the question that was answered
      slack-callback | s3:PutObject | 2 | 2 | the decision, on a condition, before it is passed on; that it was
      slack-callback | states:SendTaskSuccess | 1 | 1 | passes it on
      check-drain | elasticloadbalancing:DescribeTargetHealth | 1 | 1 | the old version stays while the new one lacks targets
      check-drain | monitoring:DescribeAlarms | 1 | 1 | the way back is open as long as it stays
      check-drain | monitoring:GetMetricData | 1 | 1 | whole minutes without a request on the old group; requests without an answer
      check-drain | elasticloadbalancing:DescribeRules | 1 | 1 | whether somebody else wrote it; how long cookies last
      check-drain | s3:GetObject | 1 | 1 | COMMAND
      check-drain | s3:PutObject | 1 | 1 | STATUS
      scale-in | s3:GetObject | 2 | 2 | the lock, before the mark and after it: a restore takes it in between, or sees the mark
      scale-in | elasticloadbalancing:DescribeRules | 1 | 1 | who has moved the traffic back needs the old version
      scale-in | elasticloadbalancing:DescribeTargetHealth | 1 | 1 | the new version can do without the old one at this moment
      scale-in | s3:PutObject | 2 | 2 | the mark: from here on the way is forward; STATUS
      scale-in | ecs:DescribeServices | 2 | 2 | both services, for their bounds; read back
      scale-in | ecs:UpdateService | 1 | 1 | the old version's tasks go
      scale-in | application-autoscaling:DescribeScalableTargets | 3 | 3 | both; read back before the count changes, and after it
      scale-in | application-autoscaling:RegisterScalableTarget | 3 | 3 | widened on both before the count changes, narrowed on the parked one after it
      notify | s3:GetObject | 4 | 4 | the lock as it is; what was asked, for the report and for its message; the message in whose thread the outcome stands
      notify | s3:PutObject | 4 | 4 | gives the lock back, on a condition; the report as a page and as JSON; STATUS
      notify | monitoring:GetMetricData | 1 | 1 | requests and errors of the whole release, for the report
      notify | sns:Publish | 1 | 1 | tells people
      """
          .lines()
          .map(
              line ->
                  Row.parse(
                      line.replace("LOCK", LOCK)
                          .replace("COMMAND", COMMAND)
                          .replace("STATUS", STATUS)))
          .toList();

  private ReleaseCalls() {}

  static String table() {
    String rows =
        ROWS.stream()
            .map(
                row ->
                    "| `%s` | %s | %d | %d | %s |%n"
                        .formatted(
                            row.handler(),
                            row.operation().replaceFirst(".*:", ""),
                            row.each(),
                            row.release(),
                            row.reason()))
            .collect(Collectors.joining());
    int sum = ROWS.stream().mapToInt(Row::release).sum();
    return "| function | call | each time | in a release | what for |\n|---|---|--:|--:|---|\n"
        + rows
        + "| | **together** | | **%d** | |%n".formatted(sum);
  }
}
