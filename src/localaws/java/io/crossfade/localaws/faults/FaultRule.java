package io.crossfade.localaws.faults;

import java.util.Objects;

/**
 * Which calls fail, and how. Every try counts as a call: to outlast the retries of an SDK, a rule
 * must hold for that many calls.
 *
 * @param operation such as {@code ecs:UpdateService}
 * @param function the logical id of the only caller that counts; null for any
 * @param state the only state whose calls count; null for any
 * @param first 1 for the first call that counts
 * @param times for how many calls in a row
 */
public record FaultRule(
    String operation, String function, String state, int first, int times, Fault fault) {
  public FaultRule {
    Objects.requireNonNull(fault, "fault");
    if (!operation.matches("[a-z0-9-]+:[A-Za-z0-9]+")) {
      throw new IllegalArgumentException("an operation is service:Operation, found " + operation);
    }
    if (first < 1 || times < 1) {
      throw new IllegalArgumentException("calls are counted from 1: " + first + ", " + times);
    }
  }

  /** The first call of an operation, by any caller. */
  public static FaultRule of(Fault fault, String operation) {
    return new FaultRule(operation, null, null, 1, 1, fault);
  }

  public FaultRule by(String functionLogicalId) {
    return new FaultRule(operation, functionLogicalId, state, first, times, fault);
  }

  public FaultRule in(String stateName) {
    return new FaultRule(operation, function, stateName, first, times, fault);
  }

  public FaultRule nth(int n) {
    return new FaultRule(operation, function, state, n, times, fault);
  }

  public FaultRule times(int calls) {
    return new FaultRule(operation, function, state, first, calls, fault);
  }

  public FaultRule always() {
    return times(Integer.MAX_VALUE);
  }

  boolean counts(RecordedCall call) {
    return operation.equals(call.name())
        && (function == null || function.equals(call.function()))
        && (state == null || state.equals(call.state()));
  }

  /**
   * @param n which call it is of those that count
   */
  boolean holdsFor(int n) {
    return n >= first && n - first < times;
  }
}
