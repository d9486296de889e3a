package io.crossfade.execution;

import java.util.Map;
import java.util.Optional;

/** Executions of the state machine. */
public interface Executions {
  /** UNKNOWN if there is no such execution. */
  ExecutionStatus status(String executionArn);

  /**
   * @throws io.crossfade.release.PermanentFailure if there is no such execution
   */
  Execution find(String executionArn);

  /**
   * The state that it entered last, as far as Step Functions shows it yet, and whether it ended.
   *
   * @return empty if there is no such execution
   */
  Optional<EnteredState> lastEntered(String executionArn);

  /**
   * Starts an execution on that state machine.
   *
   * @return false if one of that name was started before, for which nothing is done
   */
  boolean start(String machineArn, String name, Map<String, Object> input);
}
