package io.crossfade.execution;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.aws.Adapter;
import io.crossfade.aws.AwsCalls;
import io.crossfade.release.PermanentFailure;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.pagination.sync.SdkIterable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.StateEnteredEventDetails;

/** AWS Step Functions. */
@Adapter
public class SfnExecutions implements Executions {
  /**
   * One page holds more than most states write before they are left. Half of them carry the whole
   * document, and whoever has clicked does not wait for long.
   */
  private static final int RECENT_EVENTS = 20;

  private final SfnClient stepFunctions;
  private final ObjectMapper json;

  public SfnExecutions(SfnClient stepFunctions, ObjectMapper json) {
    this.stepFunctions = stepFunctions;
    this.json = json;
  }

  @Override
  public ExecutionStatus status(String executionArn) {
    return describe(executionArn)
        .map(found -> ExecutionStatus.of(found.statusAsString()))
        .orElse(ExecutionStatus.UNKNOWN);
  }

  @Override
  public Execution find(String executionArn) {
    DescribeExecutionResponse found =
        describe(executionArn)
            .orElseThrow(
                () -> new PermanentFailure("Step Functions does not know " + executionArn));
    ExecutionStatus status = ExecutionStatus.of(found.statusAsString());
    if (status == ExecutionStatus.UNKNOWN) {
      throw new PermanentFailure(
          "%s has the unknown status %s".formatted(executionArn, found.statusAsString()));
    }
    JsonNode input = input(found.input());
    return new Execution(
        found.stateMachineArn(),
        executionArn,
        status,
        found.error(),
        found.cause(),
        input.path("restore").textValue(),
        Math.max(0, input.path("attempt").asInt()));
  }

  private Optional<DescribeExecutionResponse> describe(String executionArn) {
    return known(() -> stepFunctions.describeExecution(r -> r.executionArn(executionArn)));
  }

  @Override
  public Optional<EnteredState> lastEntered(String executionArn) {
    return known(() -> lastEntered(newestFirst(executionArn)));
  }

  private static <T> Optional<T> known(Supplier<T> call) {
    return AwsCalls.call(
        () -> {
          try {
            return Optional.of(call.get());
          } catch (ExecutionDoesNotExistException unknown) {
            return Optional.empty();
          }
        });
  }

  /** Further pages are fetched as they are needed. */
  private SdkIterable<HistoryEvent> newestFirst(String executionArn) {
    return stepFunctions
        .getExecutionHistoryPaginator(
            r -> r.executionArn(executionArn).reverseOrder(true).maxResults(RECENT_EVENTS))
        .events();
  }

  /** A stopped execution, or one that timed out, has left its state by no other event. */
  private static EnteredState lastEntered(SdkIterable<HistoryEvent> newestFirst) {
    ExecutionStatus status = null;
    for (HistoryEvent event : newestFirst) {
      // The newest event alone: a redriven execution has ended before, and runs.
      status = status == null ? statusAfter(event) : status;
      StateEnteredEventDetails entered = event.stateEnteredEventDetails();
      if (entered != null) {
        return new EnteredState(entered.name(), entered.input(), status);
      }
    }
    return new EnteredState("", "", requireNonNullElse(status, ExecutionStatus.RUNNING));
  }

  private static ExecutionStatus statusAfter(HistoryEvent event) {
    return switch (event.type()) {
      case EXECUTION_SUCCEEDED -> ExecutionStatus.SUCCEEDED;
      case EXECUTION_FAILED -> ExecutionStatus.FAILED;
      case EXECUTION_ABORTED -> ExecutionStatus.ABORTED;
      case EXECUTION_TIMED_OUT -> ExecutionStatus.TIMED_OUT;
      default -> ExecutionStatus.RUNNING;
    };
  }

  private JsonNode input(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException unreadable) {
      throw new PermanentFailure("the execution's input cannot be read", unreadable);
    }
  }

  @Override
  public boolean start(String machineArn, String name, Map<String, Object> input) {
    // In one order: while it runs, the same name with the same input is no error.
    String text = json.valueToTree(new TreeMap<>(input)).toString();
    return AwsCalls.call(
        () -> {
          try {
            stepFunctions.startExecution(r -> r.stateMachineArn(machineArn).name(name).input(text));
            return true;
          } catch (ExecutionAlreadyExistsException started) {
            return false;
          }
        });
  }
}
