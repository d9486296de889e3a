package io.crossfade.localaws.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.localaws.WorldClock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.*;

/** Step Functions: standard workflows in JSONPath. */
public final class LocalStepFunctions implements SfnClient {
  private static final String PREFIX = "arn:aws:states:eu-central-1:123456789012:";

  private record Machine(String arn, String name, String definition, Definition parsed) {}

  private final WorldClock clock;
  private final FunctionInvoker invoker;
  private final Tasks tasks = new Tasks();
  private final Map<String, Machine> machines = new ConcurrentHashMap<>();
  private final Map<String, Execution> executions = new ConcurrentHashMap<>();
  private final List<ExecutionListener> listeners = new CopyOnWriteArrayList<>();
  private final ExecutorService workers =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "states");
            thread.setDaemon(true);
            return thread;
          });

  public LocalStepFunctions(WorldClock clock, FunctionInvoker invoker) {
    this.clock = clock;
    this.invoker = invoker;
  }

  public void listen(ExecutionListener listener) {
    listeners.add(listener);
  }

  public int transitions(String executionArn) {
    return execution(executionArn).transitions.get();
  }

  @Override
  public CreateStateMachineResponse createStateMachine(CreateStateMachineRequest request) {
    String arn = PREFIX + "stateMachine:" + request.name();
    Definition parsed;
    try {
      parsed = Definition.parse(request.definition());
    } catch (IllegalArgumentException invalid) {
      throw error(InvalidDefinitionException.builder(), "InvalidDefinition", invalid.getMessage());
    }
    machines.put(arn, new Machine(arn, request.name(), request.definition(), parsed));
    return CreateStateMachineResponse.builder()
        .stateMachineArn(arn)
        .creationDate(clock.now())
        .build();
  }

  @Override
  public DescribeStateMachineResponse describeStateMachine(DescribeStateMachineRequest request) {
    Machine machine = machine(request.stateMachineArn());
    return DescribeStateMachineResponse.builder()
        .stateMachineArn(machine.arn())
        .name(machine.name())
        .definition(machine.definition())
        .status(StateMachineStatus.ACTIVE)
        .type(StateMachineType.STANDARD)
        .build();
  }

  @Override
  public synchronized StartExecutionResponse startExecution(StartExecutionRequest request) {
    Machine machine = machine(request.stateMachineArn());
    String name = request.name() == null ? UUID.randomUUID().toString() : request.name();
    if (!name.matches("[A-Za-z0-9_.-]{1,80}")) {
      throw error(InvalidNameException.builder(), "InvalidName", "Invalid Name: '" + name + "'");
    }
    String input = request.input() == null ? "{}" : request.input();
    check(input);
    String arn = PREFIX + "execution:" + machine.name() + ":" + name;
    Execution before = executions.get(arn);
    if (before == null) {
      Execution fresh =
          new Execution(
              arn,
              machine.arn(),
              machine.parsed(),
              input,
              invoker,
              clock,
              tasks,
              listeners,
              workers);
      executions.put(arn, fresh);
      workers.execute(fresh);
      before = fresh;
    } else if (before.outcome() != null || !before.input().equals(input)) {
      throw error(
          ExecutionAlreadyExistsException.builder(),
          "ExecutionAlreadyExists",
          "Execution Already Exists: '" + arn + "'");
    }
    return StartExecutionResponse.builder().executionArn(arn).startDate(before.started).build();
  }

  private static void check(String input) {
    try {
      if (input.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > Execution.MAX_PAYLOAD) {
        throw error(
            InvalidExecutionInputException.builder(), "InvalidExecutionInput", "input too large");
      }
      new ObjectMapper().readTree(input);
    } catch (JsonProcessingException notJson) {
      throw error(
          InvalidExecutionInputException.builder(),
          "InvalidExecutionInput",
          "Invalid State Machine Execution Input: '" + notJson.getOriginalMessage() + "'");
    }
  }

  @Override
  public DescribeExecutionResponse describeExecution(DescribeExecutionRequest request) {
    Execution execution = execution(request.executionArn());
    Execution.Outcome outcome = execution.outcome();
    var answer =
        DescribeExecutionResponse.builder()
            .executionArn(execution.arn)
            .stateMachineArn(execution.machineArn)
            .name(execution.name())
            .startDate(execution.started)
            .input(execution.input())
            .status(outcome == null ? "RUNNING" : outcome.status());
    if (outcome != null) {
      answer
          .stopDate(outcome.at())
          .output(outcome.output())
          .error(outcome.error())
          .cause(outcome.cause());
    }
    return answer.build();
  }

  @Override
  public ListExecutionsResponse listExecutions(ListExecutionsRequest request) {
    return ListExecutionsResponse.builder()
        .executions(
            executions.values().stream()
                .filter(e -> e.machineArn.equals(request.stateMachineArn()))
                .map(LocalStepFunctions::item)
                .filter(
                    item ->
                        request.statusFilter() == null || request.statusFilter() == item.status())
                .toList())
        .build();
  }

  private static ExecutionListItem item(Execution execution) {
    Execution.Outcome outcome = execution.outcome();
    return ExecutionListItem.builder()
        .executionArn(execution.arn)
        .stateMachineArn(execution.machineArn)
        .name(execution.name())
        .startDate(execution.started)
        .status(outcome == null ? "RUNNING" : outcome.status())
        .stopDate(outcome == null ? null : outcome.at())
        .build();
  }

  @Override
  public GetExecutionHistoryResponse getExecutionHistory(GetExecutionHistoryRequest request) {
    List<HistoryEvent> events = execution(request.executionArn()).history.events();
    int size = request.maxResults() == null ? 100 : request.maxResults();
    int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
    int to = Math.min(events.size(), from + size);
    return GetExecutionHistoryResponse.builder()
        .events(events.subList(from, to))
        .nextToken(to < events.size() ? String.valueOf(to) : null)
        .build();
  }

  @Override
  public StopExecutionResponse stopExecution(StopExecutionRequest request) {
    execution(request.executionArn()).stop("ABORTED", request.error(), request.cause());
    return StopExecutionResponse.builder().stopDate(clock.now()).build();
  }

  @Override
  public SendTaskSuccessResponse sendTaskSuccess(SendTaskSuccessRequest request) {
    answer(request.taskToken(), new Tasks.Answer(json(request.output()), null));
    return SendTaskSuccessResponse.builder().build();
  }

  @Override
  public SendTaskFailureResponse sendTaskFailure(SendTaskFailureRequest request) {
    answer(
        request.taskToken(),
        new Tasks.Answer(null, new StateError(request.error(), request.cause())));
    return SendTaskFailureResponse.builder().build();
  }

  @Override
  public SendTaskHeartbeatResponse sendTaskHeartbeat(SendTaskHeartbeatRequest request) {
    if (!tasks.pending(request.taskToken())) {
      throw gone(request.taskToken());
    }
    return SendTaskHeartbeatResponse.builder().build();
  }

  private void answer(String token, Tasks.Answer answer) {
    if (!tasks.answer(token, answer)) {
      throw gone(token);
    }
  }

  private RuntimeException gone(String token) {
    return tasks.known(token)
        ? error(
            TaskTimedOutException.builder(),
            "TaskTimedOut",
            "Task Timed Out: 'Provided task does" + " not exist anymore'")
        : error(InvalidTokenException.builder(), "InvalidToken", "Invalid Token: 'Invalid token'");
  }

  private static JsonNode json(String output) {
    try {
      return new ObjectMapper().readTree(output);
    } catch (JsonProcessingException notJson) {
      throw error(InvalidOutputException.builder(), "InvalidOutput", notJson.getOriginalMessage());
    }
  }

  private Machine machine(String arn) {
    Machine machine = machines.get(arn);
    if (machine == null) {
      throw error(
          StateMachineDoesNotExistException.builder(),
          "StateMachineDoesNotExist",
          "State Machine Does Not Exist: '" + arn + "'");
    }
    return machine;
  }

  private Execution execution(String arn) {
    Execution execution = executions.get(arn);
    if (execution == null) {
      throw error(
          ExecutionDoesNotExistException.builder(),
          "ExecutionDoesNotExist",
          "Execution Does Not Exist: '" + arn + "'");
    }
    return execution;
  }

  private static RuntimeException error(SfnException.Builder builder, String code, String message) {
    return builder
        .statusCode(400)
        .message(message)
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .serviceName("Sfn")
                .errorCode(code)
                .errorMessage(message)
                .build())
        .build();
  }

  @Override
  public String serviceName() {
    return "states";
  }

  @Override
  public void close() {
    executions.values().stream()
        .filter(execution -> execution.outcome() == null)
        .forEach(execution -> execution.stop("ABORTED", null, "the local AWS was closed"));
    workers.shutdownNow();
  }
}
