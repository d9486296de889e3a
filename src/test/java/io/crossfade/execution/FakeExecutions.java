package io.crossfade.execution;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.crossfade.release.Deployment;
import java.util.Optional;

/** One execution, of which nothing is asked but where it is. */
public final class FakeExecutions implements Executions {
  public static final String PREFIX =
      "arn:aws:states:eu-central-1:123456789012:execution:crossfade-release";
  public static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());

  private Deployment deployment;
  private EnteredState last;

  public FakeExecutions(String state, Deployment deployment) {
    enter(state, deployment);
  }

  public void enter(String state, Deployment with) {
    deployment = with;
    last = new EnteredState(state, JSON.valueToTree(with).toString(), ExecutionStatus.RUNNING);
  }

  @Override
  public Optional<EnteredState> lastEntered(String executionArn) {
    return executionArn.equals(PREFIX + ":" + deployment.id())
        ? Optional.of(last)
        : Optional.empty();
  }

  @Override
  public ExecutionStatus status(String executionArn) {
    throw new AssertionError("a command asks for the last state alone");
  }

  @Override
  public Execution find(String executionArn) {
    throw new AssertionError("a command asks for the last state alone");
  }

  @Override
  public boolean start(String machineArn, RestoreAttempt attempt) {
    throw new AssertionError("a command starts nothing");
  }
}
