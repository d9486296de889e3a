package io.crossfade.drill;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What a drill will touch.
 *
 * @param account the id of the account
 * @param cluster the services' cluster, by name
 * @param stable the service that has the traffic
 * @param canary the one that gets the release
 * @param canaryGroupArn its target group
 * @param tasks how many the stable service has, and the other one will get
 * @param taskSize of each of them
 * @param alarm the one to set, if the scenario sets one
 * @param alarmActions what CloudWatch does when it fires and when it is OK again
 * @param slackChannel where the question is asked
 * @param approvers who may answer it, as the stack has them
 */
public record DrillTarget(
    String account,
    String region,
    String stateMachineArn,
    String stateBucket,
    String cluster,
    String ruleArn,
    String stable,
    String canary,
    String canaryGroupArn,
    int tasks,
    TaskSize taskSize,
    String image,
    Optional<String> alarm,
    List<String> alarmActions,
    String slackChannel,
    String approvers) {

  /** What a task is billed by. */
  record TaskSize(double vcpu, double memoryGb) {}

  public DrillTarget {
    requireNonNull(account, "account");
    requireNonNull(ruleArn, "ruleArn");
    requireNonNull(image, "image");
    alarmActions = List.copyOf(alarmActions);
  }

  List<String> services() {
    return List.of(stable, canary);
  }
}
