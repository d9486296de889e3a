package io.crossfade.localaws.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.WorldClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** One run of a state machine, on a thread of its own. */
final class Execution implements Runnable {
  /** Quota: maximum input or output size of a task, state or execution. */
  static final int MAX_PAYLOAD = 262_144;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Definition definition;
  private final ObjectNode context;
  private final FunctionInvoker invoker;
  private final WorldClock clock;
  private final Tasks tasks;
  private final List<ExecutionListener> listeners;
  private final ExecutorService workers;
  private final String input;
  final String arn;
  final String machineArn;
  final Instant started;
  final History history = new History();
  final AtomicInteger transitions = new AtomicInteger();
  private volatile Thread thread;
  private volatile Outcome outcome;

  /** How it ended; output for SUCCEEDED, error and cause for the others. */
  record Outcome(String status, String output, String error, String cause, Instant at) {}

  Execution(
      String arn,
      String machineArn,
      Definition definition,
      String input,
      FunctionInvoker invoker,
      WorldClock clock,
      Tasks tasks,
      List<ExecutionListener> listeners,
      ExecutorService workers) {
    this.arn = arn;
    this.machineArn = machineArn;
    this.definition = definition;
    this.input = input;
    this.invoker = invoker;
    this.clock = clock;
    this.tasks = tasks;
    this.listeners = listeners;
    this.workers = workers;
    this.started = clock.now();
    this.context = context();
  }

  private ObjectNode context() {
    ObjectNode node = JSON.createObjectNode();
    ObjectNode execution = node.putObject("Execution");
    execution.put("Id", arn).put("Name", name()).put("StartTime", started.toString());
    execution.put("RoleArn", "arn:aws:iam::123456789012:role/crossfade-release");
    execution.set("Input", parse(input));
    node.putObject("StateMachine")
        .put("Id", machineArn)
        .put("Name", machineArn.substring(machineArn.lastIndexOf(':') + 1));
    node.putObject("State");
    return node;
  }

  String name() {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  String input() {
    return input;
  }

  /** Null while it runs. */
  Outcome outcome() {
    return outcome;
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    history.append(
        HistoryEventType.EXECUTION_STARTED,
        started,
        e -> e.executionStartedEventDetails(d -> d.input(input)));
    var limit =
        definition.timeoutSeconds() == 0
            ? null
            : clock.after(
                Duration.ofSeconds(definition.timeoutSeconds()),
                () -> stop("TIMED_OUT", "States.Timeout", null));
    try {
      go();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      if (limit != null) {
        limit.cancel(false);
      }
    }
  }

  /** Ends it from outside: no catcher runs. */
  void stop(String status, String error, String cause) {
    end(new Outcome(status, null, error, cause, clock.now()));
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void go() throws InterruptedException {
    String state = definition.startAt();
    JsonNode data = parse(input);
    try {
      while (state != null && outcome == null) {
        Step step = enter(state, data);
        data = step.data();
        state = step.next();
      }
      if (outcome == null) {
        end(new Outcome("SUCCEEDED", data.toString(), null, null, clock.now()));
      }
    } catch (StateError failed) {
      end(new Outcome("FAILED", null, failed.error(), failed.cause(), clock.now()));
    } catch (RuntimeException broken) {
      end(new Outcome("FAILED", null, "States.Runtime", broken.toString(), clock.now()));
    }
  }

  /** Where to go with what; a null state is the end. */
  private record Step(String next, JsonNode data) {}

  private Step enter(String name, JsonNode data) throws StateError, InterruptedException {
    JsonNode state = definition.state(name);
    Instant at = clock.now();
    context
        .putObject("State")
        .put("Name", name)
        .put("EnteredTime", at.toString())
        .put("RetryCount", 0);
    context.remove("Task");
    transitions.incrementAndGet();
    listeners.forEach(listener -> listener.stateEntered(arn, name, data, at));
    record(
        HistoryEventType.fromValue(state.get("Type").asText() + "StateEntered"), name, data, true);
    Step step = run(name, state, data);
    limit(step.data());
    if (!state.get("Type").asText().equals("Fail")) {
      record(
          HistoryEventType.fromValue(state.get("Type").asText() + "StateExited"),
          name,
          step.data(),
          false);
    }
    listeners.forEach(listener -> listener.stateExited(arn, name, step.data(), clock.now()));
    return step;
  }

  private void record(HistoryEventType type, String name, JsonNode data, boolean entered)
      throws StateError {
    history.add(
        type,
        clock.now(),
        e -> {
          if (entered) {
            e.stateEnteredEventDetails(d -> d.name(name).input(data.toString()));
          } else {
            e.stateExitedEventDetails(d -> d.name(name).output(data.toString()));
          }
        });
  }

  private Step run(String name, JsonNode state, JsonNode data)
      throws StateError, InterruptedException {
    return switch (state.get("Type").asText()) {
      case "Task" -> task(state, data);
      case "Choice" -> choice(state, filtered(state, "InputPath", data));
      case "Wait" -> waited(state, filtered(state, "InputPath", data));
      case "Pass" -> pass(state, data);
      case "Succeed" ->
          new Step(null, filtered(state, "OutputPath", filtered(state, "InputPath", data)));
      default -> throw fail(state, data);
    };
  }

  private StateError fail(JsonNode state, JsonNode data) throws StateError {
    return new StateError(
        text(state, "Error", data, "States.Failed"), text(state, "Cause", data, ""));
  }

  private String text(JsonNode state, String field, JsonNode data, String fallback)
      throws StateError {
    return state.has(field + "Path")
        ? Paths.read(state.get(field + "Path").asText(), data, context).asText()
        : state.path(field).asText(fallback);
  }

  private Step choice(JsonNode state, JsonNode data) throws StateError {
    for (JsonNode rule : state.get("Choices")) {
      if (ChoiceRule.holds(rule, data, context)) {
        return new Step(rule.get("Next").asText(), filtered(state, "OutputPath", data));
      }
    }
    if (!state.has("Default")) {
      throw new StateError("States.NoChoiceMatched", "no choice matched and there is no Default");
    }
    return new Step(state.get("Default").asText(), filtered(state, "OutputPath", data));
  }

  private Step waited(JsonNode state, JsonNode data) throws StateError, InterruptedException {
    if (state.has("Seconds") || state.has("SecondsPath")) {
      JsonNode seconds =
          state.has("Seconds")
              ? state.get("Seconds")
              : Paths.read(state.get("SecondsPath").asText(), data, context);
      if (!seconds.isIntegralNumber() || seconds.asLong() < 0) {
        throw StateError.runtime("Seconds must be a whole number from 0, found " + seconds);
      }
      clock.sleep(Duration.ofSeconds(seconds.asLong()));
    } else {
      JsonNode time =
          state.has("Timestamp")
              ? state.get("Timestamp")
              : Paths.read(state.get("TimestampPath").asText(), data, context);
      Duration left = Duration.between(clock.now(), Instant.parse(time.asText()));
      clock.sleep(left.isNegative() ? Duration.ZERO : left);
    }
    return new Step(next(state), filtered(state, "OutputPath", data));
  }

  private Step pass(JsonNode state, JsonNode data) throws StateError {
    JsonNode in = filtered(state, "InputPath", data);
    JsonNode result = state.has("Result") ? state.get("Result") : in;
    if (state.has("Parameters")) {
      result = PayloadTemplate.fill(state.get("Parameters"), in, context);
    }
    return new Step(next(state), filtered(state, "OutputPath", placed(state, in, result)));
  }

  private Step task(JsonNode state, JsonNode data) throws StateError, InterruptedException {
    Map<JsonNode, Integer> tries = new HashMap<>();
    while (true) {
      try {
        JsonNode in = filtered(state, "InputPath", data);
        JsonNode result = attempt(state, in);
        if (state.has("ResultSelector")) {
          result = PayloadTemplate.fill(state.get("ResultSelector"), result, context);
        }
        return new Step(next(state), filtered(state, "OutputPath", placed(state, in, result)));
      } catch (StateError error) {
        if (!again(state, error, tries)) {
          return caught(state, data, error);
        }
      }
    }
  }

  /** Whether a retrier applies and has tries left; waits for its interval. */
  private boolean again(JsonNode state, StateError error, Map<JsonNode, Integer> tries)
      throws InterruptedException {
    for (JsonNode retrier : state.path("Retry")) {
      if (names(retrier, error)) {
        int done = tries.getOrDefault(retrier, 0);
        if (done >= retrier.path("MaxAttempts").asInt(3)) {
          return false;
        }
        tries.put(retrier, done + 1);
        context
            .withObject("/State")
            .put("RetryCount", tries.values().stream().mapToInt(n -> n).sum());
        clock.sleep(interval(retrier, done));
        return true;
      }
    }
    return false;
  }

  private static Duration interval(JsonNode retrier, int done) {
    double seconds =
        retrier.path("IntervalSeconds").asDouble(1)
            * Math.pow(retrier.path("BackoffRate").asDouble(2.0), done);
    seconds = Math.min(seconds, retrier.path("MaxDelaySeconds").asDouble(Double.MAX_VALUE));
    if (retrier.path("JitterStrategy").asText("NONE").equals("FULL")) {
      seconds = ThreadLocalRandom.current().nextDouble(0, Math.max(seconds, 0.001));
    }
    return Duration.ofMillis((long) (seconds * 1000));
  }

  private Step caught(JsonNode state, JsonNode data, StateError error) throws StateError {
    for (JsonNode catcher : state.path("Catch")) {
      if (names(catcher, error)) {
        ObjectNode output =
            JSON.createObjectNode().put("Error", error.error()).put("Cause", error.cause());
        JsonNode placed = Paths.put(catcher.path("ResultPath").asText("$"), data, output);
        return new Step(catcher.get("Next").asText(), placed);
      }
    }
    throw error;
  }

  private static boolean names(JsonNode rule, StateError error) {
    for (JsonNode pattern : rule.get("ErrorEquals")) {
      if (error.is(pattern.asText())) {
        return true;
      }
    }
    return false;
  }

  private JsonNode attempt(JsonNode state, JsonNode in) throws StateError, InterruptedException {
    boolean waits = state.get("Resource").asText().equals(Definition.INVOKE_AND_WAIT);
    String token = waits ? tasks.begin() : null;
    if (waits) {
      context.putObject("Task").put("Token", token);
    }
    try {
      JsonNode parameters = PayloadTemplate.fill(state.get("Parameters"), in, context);
      limit(parameters);
      return waits ? answered(state, parameters, token) : invoked(state, parameters);
    } finally {
      if (waits) {
        tasks.end(token);
      }
    }
  }

  /** A function's run is computed, not waited for: its timeout is in real time. */
  private JsonNode invoked(JsonNode state, JsonNode parameters)
      throws StateError, InterruptedException {
    Future<JsonNode> run = workers.submit(() -> call(parameters));
    try {
      int seconds = timeout(state, parameters);
      ObjectNode result = JSON.createObjectNode().put("ExecutedVersion", "$LATEST");
      result.set("Payload", seconds == 0 ? run.get() : run.get(seconds, TimeUnit.SECONDS));
      return result.put("StatusCode", 200);
    } catch (TimeoutException late) {
      run.cancel(true);
      throw new StateError("States.Timeout", "");
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof FunctionError error
          ? new StateError(error.errorType(), error.getMessage())
          : new StateError("Lambda.Unknown", String.valueOf(failed.getCause()));
    } catch (InterruptedException stopped) {
      run.cancel(true);
      throw stopped;
    }
  }

  private JsonNode call(JsonNode parameters) throws FunctionError {
    JsonNode payload = parameters.path("Payload");
    return invoker.invoke(
        parameters.get("FunctionName").asText(),
        payload.isMissingNode() ? JSON.createObjectNode() : payload);
  }

  private JsonNode answered(JsonNode state, JsonNode parameters, String token)
      throws StateError, InterruptedException {
    CompletableFuture<Tasks.Answer> waiting = tasks.waiting(token);
    invoked(state, parameters);
    try {
      int seconds = timeout(state, parameters);
      Tasks.Answer answer =
          seconds == 0
              ? waiting.get()
              : waiting.get(
                  clock.real(Duration.ofSeconds(seconds)).toNanos(), TimeUnit.NANOSECONDS);
      if (answer.error() != null) {
        throw answer.error();
      }
      return answer.result();
    } catch (TimeoutException late) {
      throw new StateError("States.Timeout", "");
    } catch (ExecutionException impossible) {
      throw StateError.runtime(String.valueOf(impossible.getCause()));
    }
  }

  private int timeout(JsonNode state, JsonNode data) throws StateError {
    return state.has("TimeoutSecondsPath")
        ? Paths.read(state.get("TimeoutSecondsPath").asText(), data, context).asInt()
        : state.path("TimeoutSeconds").asInt(0);
  }

  private JsonNode filtered(JsonNode state, String field, JsonNode data) throws StateError {
    JsonNode path = state.path(field);
    if (path.isMissingNode()) {
      return data;
    }
    return path.isNull() ? JSON.createObjectNode() : Paths.read(path.asText(), data, context);
  }

  private static JsonNode placed(JsonNode state, JsonNode in, JsonNode result) throws StateError {
    JsonNode path = state.path("ResultPath");
    if (path.isNull()) {
      return in;
    }
    return Paths.put(path.asText("$"), in, result);
  }

  private static String next(JsonNode state) {
    return state.has("Next") ? state.get("Next").asText() : null;
  }

  private static void limit(JsonNode data) throws StateError {
    if (data.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PAYLOAD) {
      throw new StateError("States.DataLimitExceeded", "a payload is larger than 262144 bytes");
    }
  }

  private synchronized void end(Outcome how) {
    if (outcome != null) {
      return;
    }
    outcome = how;
    history.append(
        switch (how.status()) {
          case "SUCCEEDED" -> HistoryEventType.EXECUTION_SUCCEEDED;
          case "ABORTED" -> HistoryEventType.EXECUTION_ABORTED;
          case "TIMED_OUT" -> HistoryEventType.EXECUTION_TIMED_OUT;
          default -> HistoryEventType.EXECUTION_FAILED;
        },
        how.at(),
        e -> {
          if (how.status().equals("SUCCEEDED")) {
            e.executionSucceededEventDetails(d -> d.output(how.output()));
          } else if (how.status().equals("FAILED")) {
            e.executionFailedEventDetails(d -> d.error(how.error()).cause(how.cause()));
          }
        });
    listeners.forEach(listener -> listener.executionEnded(arn, how.status(), how.at()));
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException notJson) {
      throw new IllegalArgumentException(notJson.getMessage(), notJson);
    }
  }
}
