package io.crossfade.execution;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.crossfade.release.Deployment;
import io.crossfade.release.ExecutionArn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One execution that is somewhere, and others of which the status is known. */
public final class FakeExecutions implements Executions {
  public static final String PREFIX =
      "arn:aws:states:eu-central-1:123456789012:execution:crossfade-release";
  public static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());

  /** By name. */
  public final Map<String, ExecutionStatus> statuses = new HashMap<>();

  /** The machine's name, the execution's and its input. */
  public final List<String> started = new ArrayList<>();

  /** Whether somebody else always starts first. */
  public boolean faster;

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
    return statuses.getOrDefault(ExecutionArn.name(executionArn), ExecutionStatus.UNKNOWN);
  }

  @Override
  public Execution find(String executionArn) {
    throw new AssertionError("a status is enough");
  }

  @Override
  public boolean start(String machineArn, String name, Map<String, Object> input) {
    started.add("%s %s %s".formatted(ExecutionArn.name(machineArn), name, new TreeMap<>(input)));
    return !faster;
  }
}
