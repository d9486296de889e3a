package io.crossfade.matrix;

import io.crossfade.localaws.faults.FaultRule;
import java.util.Set;

/**
 * One thing that goes wrong once.
 *
 * @param function the caller's logical id; null where a state fails and not a call
 * @param operation such as {@code ecs:UpdateService}; null where a state fails
 * @param nth 1 for the first such call in that state
 */
record MatrixCell(
    ReleasePath path, String state, String function, String operation, int nth, FaultKind kind) {
  /** Stands for the state where no execution runs and the guardian does. */
  static final String GUARDIAN = "Guardian";

  /** Two of the three times that Lambda tries, with the retries of the SDK. */
  private static final int MOST_WHILE_LAMBDA_TRIES = 8;

  static MatrixCell of(ReleasePath path, String state, FaultKind kind) {
    return new MatrixCell(path, state, null, null, 1, kind);
  }

  /** "RELEASE ShiftTraffic elasticloadbalancing:ModifyRule#2 HANGING". */
  String id() {
    return operation == null
        ? "%s %s %s".formatted(path, state, kind)
        : "%s %s %s#%d %s".formatted(path, caller(), operation, nth, kind);
  }

  /** More than one function may call in a state. */
  private String caller() {
    return function.startsWith(state) || state.startsWith("Notify")
        ? state
        : "%s %s".formatted(state, function);
  }

  /** Which a function does once, so it has to be a new one. */
  boolean readsSecret() {
    return operation != null && operation.startsWith("secretsmanager:");
  }

  FaultRule rule() {
    FaultRule rule = FaultRule.of(kind.fault, operation).by(function).nth(nth).times(times());
    return state.equals(GUARDIAN) ? rule : rule.in(state);
  }

  /** What must not be left half done is retried much longer; it is worn out all the same. */
  private int times() {
    boolean patient =
        state.equals("ScaleIn") || Set.of("Rollback", "CheckRestore").contains(state) && nth == 1;
    boolean lambda = kind == FaultKind.FAILED_BEFORE && state.equals(GUARDIAN);
    if (lambda) {
      return MOST_WHILE_LAMBDA_TRIES;
    }
    return kind == FaultKind.FAILED_BEFORE && patient ? 3 * kind.times : kind.times;
  }
}
