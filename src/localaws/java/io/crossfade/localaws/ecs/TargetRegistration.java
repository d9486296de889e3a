package io.crossfade.localaws.ecs;

import io.crossfade.localaws.elb.LocalElb;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** A service's tasks as targets of its target groups. */
record TargetRegistration(LocalElb elb) {
  void register(TaskState task) {
    for (LoadBalancer lb : task.service.loadBalancers()) {
      elb.registerTargets(r -> r.targetGroupArn(lb.targetGroupArn()).targets(target(task, lb)));
    }
  }

  void deregister(TaskState task) {
    for (LoadBalancer lb : task.service.loadBalancers()) {
      elb.deregisterTargets(r -> r.targetGroupArn(lb.targetGroupArn()).targets(target(task, lb)));
    }
  }

  boolean healthy(TaskState task) {
    return task.service.loadBalancers().stream()
        .allMatch(lb -> health(task, lb).state() == TargetHealthStateEnum.HEALTHY);
  }

  boolean unhealthy(TaskState task) {
    return task.service.loadBalancers().stream()
        .anyMatch(lb -> health(task, lb).state() == TargetHealthStateEnum.UNHEALTHY);
  }

  /** Whether the deregistration delay is over in all groups. */
  boolean drained(TaskState task) {
    return task.service.loadBalancers().stream()
        .allMatch(lb -> health(task, lb).reason() == TargetHealthReasonEnum.TARGET_NOT_REGISTERED);
  }

  boolean hasLoadBalancer(String targetGroupArn) {
    return !elb.describeTargetGroups(r -> r.targetGroupArns(targetGroupArn))
        .targetGroups()
        .get(0)
        .loadBalancerArns()
        .isEmpty();
  }

  private TargetHealth health(TaskState task, LoadBalancer lb) {
    return elb.describeTargetHealth(
            r -> r.targetGroupArn(lb.targetGroupArn()).targets(target(task, lb)))
        .targetHealthDescriptions()
        .get(0)
        .targetHealth();
  }

  private static TargetDescription target(TaskState task, LoadBalancer lb) {
    return TargetDescription.builder().id("127.0.0.1").port(task.port(lb)).build();
  }
}
