package io.crossfade.localaws.elb;

import static software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum.*;
import static software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum.*;

import java.time.Instant;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** One registered address and what its health checks said. */
final class TargetState {
  private static final TargetHealth UNUSED_HEALTH =
      health(
          UNUSED,
          TARGET_NOT_IN_USE,
          "Target group is not configured to receive traffic from the load balancer");

  private final TargetDescription address;
  private TargetHealth health;
  private int passes;
  private int failures;
  private Instant nextCheck = Instant.MIN;
  private boolean checking;
  private Instant drainedAt;
  private int generation;

  TargetState(TargetDescription address) {
    this.address = address;
    reset();
  }

  TargetDescription address() {
    return address;
  }

  String host() {
    return address.id();
  }

  int port() {
    return address.port();
  }

  boolean is(TargetDescription other) {
    return address.id().equals(other.id()) && address.port().equals(other.port());
  }

  /** Back to the state of a target that was just registered. */
  synchronized void reset() {
    passes = 0;
    failures = 0;
    nextCheck = Instant.MIN;
    drainedAt = null;
    checking = false;
    generation++;
    health = health(INITIAL, ELB_REGISTRATION_IN_PROGRESS, "Target registration is in progress");
  }

  synchronized void drain(Instant until) {
    if (drainedAt == null) {
      drainedAt = until;
      health =
          health(
              DRAINING, TARGET_DEREGISTRATION_IN_PROGRESS, "Target deregistration is in progress");
    }
  }

  synchronized boolean draining() {
    return drainedAt != null;
  }

  synchronized boolean drained(Instant now) {
    return drainedAt != null && !now.isBefore(drainedAt);
  }

  synchronized boolean healthy() {
    return health.state() == HEALTHY;
  }

  synchronized boolean unhealthy() {
    return health.state() == UNHEALTHY;
  }

  synchronized TargetHealth health(boolean inUse) {
    return inUse || drainedAt != null ? health : UNUSED_HEALTH;
  }

  /** Takes the turn to be checked. Returns the turn's number, or 0 if it is not due. */
  synchronized int startCheck(Instant now, Instant next) {
    if (checking || drainedAt != null || now.isBefore(nextCheck)) {
      return 0;
    }
    checking = true;
    nextCheck = next;
    return generation;
  }

  /** Takes in the result of a check; one from before a reset or a deregistration is dropped. */
  synchronized void checked(int turn, HealthCheckResult result, TargetGroup group) {
    if (turn != generation) {
      return;
    }
    checking = false;
    if (drainedAt != null) {
      return;
    }
    if (result.passed()) {
      passed(group);
    } else {
      failed(result, group);
    }
  }

  /** A new target is healthy after one pass; one that failed must pass the whole threshold. */
  private void passed(TargetGroup group) {
    passes++;
    failures = 0;
    if (health.state() == INITIAL || passes >= group.healthyThresholdCount()) {
      health = TargetHealth.builder().state(HEALTHY).build();
    }
  }

  private void failed(HealthCheckResult result, TargetGroup group) {
    failures++;
    passes = 0;
    if (failures >= group.unhealthyThresholdCount()) {
      health = health(UNHEALTHY, result.reason(), result.description());
    } else if (health.state() == INITIAL) {
      health = health(INITIAL, ELB_INITIAL_HEALTH_CHECKING, "Initial health checks in progress");
    }
  }

  private static TargetHealth health(
      TargetHealthStateEnum state, TargetHealthReasonEnum reason, String description) {
    return TargetHealth.builder().state(state).reason(reason).description(description).build();
  }
}
