package io.crossfade.localaws.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.DaemonThreads;
import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.sdk.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryRequest;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskFailureRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskFailureResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessResponse;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;
import software.amazon.awssdk.services.sfn.model.StateMachineStatus;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.StopExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StopExecutionResponse;

/**
 * Step Functions (standard workflows) behind the service's own client interface. Each execution
 * runs on a daemon thread of its own.
 */
public final class LocalStepFunctions implements SfnClient {
  static final String REGION = "eu-central-1";
  private static final String ARN = "arn:aws:states:" + REGION + ":123456789012:stateMachine:";
  private static final Pattern NAME =
      Pattern.compile("[^\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}]{1,80}");
  private static final int DEFAULT_PAGE = 100;
  private static final int MAX_PAGE = 1000;

  private final ScaledClock clock;
  private final TaskTokens tokens = new TaskTokens();
  private final TaskStateRunner tasks;
  private final Map<String, StateMachine> machines = new ConcurrentHashMap<>();
  private final Map<String, Execution> executions = new ConcurrentHashMap<>();
  private final List<ExecutionListener> listeners = new CopyOnWriteArrayList<>();

  public LocalStepFunctions(ScaledClock clock, FunctionInvoker invoker) {
    this.clock = clock;
    this.tasks = new TaskStateRunner(invoker, tokens, clock);
  }

  @Override
  public String serviceName() {
    return "states";
  }

  @Override
  public void close() {}

  public void addListener(ExecutionListener listener) {
    listeners.add(listener);
  }

  /** States entered so far, and retries: what AWS bills as state transitions. */
  public long transitions(String executionArn) {
    return execution(executionArn).transitions();
  }

  /** Tokens that somebody could still answer; empty once every execution has ended. */
  public List<String> pendingTokens() {
    return tokens.pending();
  }

  /** Every token that a task ever got: none of them may show up in a log. */
  public Set<String> issuedTokens() {
    return tokens.issued();
  }

  /** Aborts whatever still runs. */
  public void stopAll() {
    executions.values().forEach(execution -> execution.abort(null, "The local AWS stops."));
  }

  @Override
  public synchronized CreateStateMachineResponse createStateMachine(CreateStateMachineRequest in) {
    refuseUnknown(in);
    requireName(in.name());
    Definition definition = definition(in.definition());
    StateMachine machine =
        new StateMachine(
            ARN + in.name(), in.name(), in.roleArn(), in.definition(), definition, clock.now());
    StateMachine before = machines.putIfAbsent(machine.arn(), machine);
    if (before != null && !before.text().equals(machine.text())) {
      throw StepFunctionsErrors.of(
          "StateMachineAlreadyExists", "State Machine Already Exists: '" + machine.arn() + "'");
    }
    StateMachine present = machines.get(machine.arn());
    return CreateStateMachineResponse.builder()
        .stateMachineArn(present.arn())
        .creationDate(present.created())
        .build();
  }

  @Override
  public DescribeStateMachineResponse describeStateMachine(DescribeStateMachineRequest in) {
    StateMachine machine = machine(in.stateMachineArn());
    return DescribeStateMachineResponse.builder()
        .stateMachineArn(machine.arn())
        .name(machine.name())
        .status(StateMachineStatus.ACTIVE)
        .type(StateMachineType.STANDARD)
        .roleArn(machine.roleArn())
        .definition(machine.text())
        .creationDate(machine.created())
        .build();
  }

  @Override
  public ListStateMachinesResponse listStateMachines(ListStateMachinesRequest in) {
    List<StateMachineListItem> items =
        machines.values().stream()
            .sorted(Comparator.comparing(StateMachine::name))
            .map(LocalStepFunctions::item)
            .toList();
    Page<StateMachineListItem> page = page(items, in.nextToken(), in.maxResults());
    return ListStateMachinesResponse.builder()
        .stateMachines(page.items())
        .nextToken(page.next())
        .build();
  }

  private static StateMachineListItem item(StateMachine machine) {
    return StateMachineListItem.builder()
        .stateMachineArn(machine.arn())
        .name(machine.name())
        .type(StateMachineType.STANDARD)
        .creationDate(machine.created())
        .build();
  }

  @Override
  public synchronized StartExecutionResponse startExecution(StartExecutionRequest in) {
    StateMachine machine = machine(in.stateMachineArn());
    String name = in.name() == null ? UUID.randomUUID().toString() : in.name();
    requireName(name);
    String input = in.input() == null ? "{}" : in.input();
    Execution before = executions.get(machine.executionArn(name));
    if (before != null) {
      return repeated(before, input);
    }
    Execution execution = new Execution(machine, name, input, json(input), clock);
    executions.put(execution.arn(), execution);
    start(new ExecutionRunner(execution, tasks, listeners), name);
    return started(execution);
  }

  private static void start(ExecutionRunner walk, String name) {
    DaemonThreads.named("execution-" + name).newThread(walk).start();
  }

  private static StartExecutionResponse repeated(Execution before, String input) {
    if (before.outcome() == null && before.input().equals(input)) {
      return started(before);
    }
    throw StepFunctionsErrors.of(
        "ExecutionAlreadyExists", "Execution Already Exists: '" + before.arn() + "'");
  }

  private static StartExecutionResponse started(Execution execution) {
    return StartExecutionResponse.builder()
        .executionArn(execution.arn())
        .startDate(execution.started())
        .build();
  }

  @Override
  public DescribeExecutionResponse describeExecution(DescribeExecutionRequest in) {
    Execution execution = execution(in.executionArn());
    DescribeExecutionResponse.Builder out =
        DescribeExecutionResponse.builder()
            .executionArn(execution.arn())
            .stateMachineArn(execution.machine().arn())
            .name(execution.name())
            .status(ExecutionStatus.RUNNING)
            .startDate(execution.started())
            .input(execution.input())
            .inputDetails(d -> d.included(true));
    Execution.Outcome outcome = execution.outcome();
    return outcome == null ? out.build() : describe(out, outcome).build();
  }

  private static DescribeExecutionResponse.Builder describe(
      DescribeExecutionResponse.Builder out, Execution.Outcome outcome) {
    out.status(outcome.status()).stopDate(outcome.at());
    if (outcome.output() != null) {
      out.output(outcome.output()).outputDetails(d -> d.included(true));
    }
    return out.error(outcome.error()).cause(outcome.cause());
  }

  /** Newest first. Unlike on AWS an execution shows up at once. */
  @Override
  public ListExecutionsResponse listExecutions(ListExecutionsRequest in) {
    StateMachine machine = machine(in.stateMachineArn());
    List<ExecutionListItem> items =
        executions.values().stream()
            .filter(execution -> execution.machine().equals(machine))
            .filter(e -> in.statusFilter() == null || e.status() == in.statusFilter())
            .sorted(Comparator.comparing(Execution::started).reversed())
            .map(LocalStepFunctions::item)
            .toList();
    Page<ExecutionListItem> page = page(items, in.nextToken(), in.maxResults());
    return ListExecutionsResponse.builder().executions(page.items()).nextToken(page.next()).build();
  }

  private static ExecutionListItem item(Execution execution) {
    Execution.Outcome outcome = execution.outcome();
    return ExecutionListItem.builder()
        .executionArn(execution.arn())
        .stateMachineArn(execution.machine().arn())
        .name(execution.name())
        .status(execution.status())
        .startDate(execution.started())
        .stopDate(outcome == null ? null : outcome.at())
        .build();
  }

  @Override
  public GetExecutionHistoryResponse getExecutionHistory(GetExecutionHistoryRequest in) {
    List<HistoryEvent> events = new ArrayList<>(execution(in.executionArn()).history());
    if (Boolean.FALSE.equals(in.includeExecutionData())) {
      throw new UnsupportedOperationException(
          "GetExecutionHistory with includeExecutionData=false");
    }
    if (Boolean.TRUE.equals(in.reverseOrder())) {
      Collections.reverse(events);
    }
    Page<HistoryEvent> page = page(events, in.nextToken(), in.maxResults());
    return GetExecutionHistoryResponse.builder()
        .events(page.items())
        .nextToken(page.next())
        .build();
  }

  /** Ends an execution at once; no catcher runs. One that has ended stays as it is. */
  @Override
  public StopExecutionResponse stopExecution(StopExecutionRequest in) {
    Execution execution = execution(in.executionArn());
    execution.abort(in.error(), in.cause());
    return StopExecutionResponse.builder().stopDate(execution.outcome().at()).build();
  }

  /** Ends an execution as if the machine's TimeoutSeconds were over. */
  public void timeOut(String executionArn) {
    execution(executionArn).timeOut();
  }

  @Override
  public SendTaskSuccessResponse sendTaskSuccess(SendTaskSuccessRequest in) {
    TaskTokens.PendingTask task = tokens.find(in.taskToken());
    try {
      if (in.output() == null || StateJson.tooLarge(in.output())) {
        throw invalid("output must be there and not longer than " + StateJson.MAX_BYTES);
      }
      task.succeed(StateJson.parse(in.output()));
    } catch (JsonProcessingException e) {
      throw StepFunctionsErrors.of(
          "InvalidOutput", "Invalid Output: '" + e.getOriginalMessage() + "'");
    }
    return SendTaskSuccessResponse.builder().build();
  }

  @Override
  public SendTaskFailureResponse sendTaskFailure(SendTaskFailureRequest in) {
    if (longer(in.error(), 256) || longer(in.cause(), 32_768)) {
      throw invalid("error must not be longer than 256 characters, cause not than 32768");
    }
    tokens.find(in.taskToken()).fail(new StateFailure(in.error(), in.cause()));
    return SendTaskFailureResponse.builder().build();
  }

  private StateMachine machine(String arn) {
    StateMachine machine = arn == null ? null : machines.get(arn);
    if (machine == null) {
      throw StepFunctionsErrors.of(
          "StateMachineDoesNotExist", "State Machine Does Not Exist: '" + arn + "'");
    }
    return machine;
  }

  private Execution execution(String arn) {
    Execution execution = arn == null ? null : executions.get(arn);
    if (execution == null) {
      throw StepFunctionsErrors.of(
          "ExecutionDoesNotExist", "Execution Does Not Exist: '" + arn + "'");
    }
    return execution;
  }

  private static void refuseUnknown(CreateStateMachineRequest in) {
    if (in.type() != null && in.type() != StateMachineType.STANDARD) {
      throw new UnsupportedOperationException("CreateStateMachine with type=" + in.typeAsString());
    }
    if (Boolean.TRUE.equals(in.publish()) || in.encryptionConfiguration() != null) {
      throw new UnsupportedOperationException("CreateStateMachine with publish or encryption");
    }
  }

  private static Definition definition(String text) {
    try {
      return Definition.parse(text == null ? "" : text);
    } catch (Definition.InvalidDefinition e) {
      throw StepFunctionsErrors.of(
          "InvalidDefinition",
          "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: " + e.getMessage() + "'");
    }
  }

  private static void requireName(String name) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw StepFunctionsErrors.of("InvalidName", "Invalid Name: '" + name + "'");
    }
  }

  private static JsonNode json(String input) {
    if (StateJson.tooLarge(input)) {
      throw invalid("input must not be longer than " + StateJson.MAX_BYTES);
    }
    try {
      return StateJson.parse(input);
    } catch (JsonProcessingException e) {
      throw StepFunctionsErrors.of(
          "InvalidExecutionInput",
          "Invalid State Machine Execution Input: '" + e.getOriginalMessage() + "'");
    }
  }

  private static boolean longer(String text, int most) {
    return text != null && text.length() > most;
  }

  private static AwsServiceException invalid(String what) {
    return StepFunctionsErrors.of("ValidationException", "1 validation error detected: " + what);
  }

  private static <T> Page<T> page(List<T> all, String token, Integer size) {
    int most = size == null || size == 0 ? DEFAULT_PAGE : Math.min(size, MAX_PAGE);
    return Page.of(
        all,
        token,
        most,
        () -> StepFunctionsErrors.of("InvalidToken", "Invalid Token: '" + token + "'"));
  }
}
