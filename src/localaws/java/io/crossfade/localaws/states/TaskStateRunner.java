package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.DaemonThreads;
import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.states.Execution.Ended;
import io.crossfade.localaws.states.TaskTokens.PendingTask;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** Makes one attempt at a Task state: calls the function and, if asked to, waits for its token. */
final class TaskStateRunner {
  private static final Duration NO_LIMIT = Duration.ofSeconds(99_999_999);
  private static final String TYPE = "lambda";

  private final FunctionInvoker invoker;
  private final TaskTokens tokens;
  private final ScaledClock clock;
  private final ExecutorService calls = DaemonThreads.pool("lambda-invoke");

  /** One attempt: all that it needs to know. */
  private record Attempt(
      Execution execution, String resource, JsonNode parameters, Duration limit) {}

  TaskStateRunner(FunctionInvoker invoker, TaskTokens tokens, ScaledClock clock) {
    this.invoker = invoker;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** The state's output, OutputPath applied. */
  JsonNode attempt(Execution execution, State state, JsonNode input, ObjectNode context)
      throws StateFailure, Ended {
    PendingTask token = state.waitsForToken() ? tokens.open() : null;
    try {
      if (token != null) {
        context.putObject("Task").put("Token", token.token());
      }
      JsonNode data = InputOutputProcessing.path(state, "InputPath", input, context);
      JsonNode parameters = PayloadTemplate.fill(state.get("Parameters"), data, context);
      InputOutputProcessing.limit(state, parameters, "input");
      JsonNode result = run(attempt(execution, state, parameters, data, context), state, token);
      return output(state, input, result, context);
    } finally {
      if (token != null) {
        token.close();
      }
    }
  }

  private static JsonNode output(State state, JsonNode input, JsonNode result, JsonNode context)
      throws StateFailure {
    JsonNode selected =
        state.has("ResultSelector")
            ? PayloadTemplate.fill(state.get("ResultSelector"), result, context)
            : result;
    JsonNode placed = InputOutputProcessing.place(state.fields(), input, selected);
    return InputOutputProcessing.path(state, "OutputPath", placed, context);
  }

  private static Attempt attempt(
      Execution execution, State state, JsonNode parameters, JsonNode data, JsonNode context)
      throws StateFailure {
    return new Attempt(
        execution,
        state.text("Resource").substring("arn:aws:states:::lambda:".length()),
        parameters,
        timeout(state, data, context));
  }

  private static Duration timeout(State state, JsonNode data, JsonNode context)
      throws StateFailure {
    if (!state.has("TimeoutSeconds") && !state.has("TimeoutSecondsPath")) {
      return null;
    }
    Duration timeout = WaitTime.seconds(state, "TimeoutSeconds", data, context);
    if (timeout.isZero()) {
      throw StateFailure.runtime("The TimeoutSecondsPath must lead to a number above 0");
    }
    return timeout;
  }

  private JsonNode run(Attempt attempt, State state, PendingTask token) throws StateFailure, Ended {
    scheduled(attempt);
    try {
      JsonNode result = token == null ? call(attempt, null) : callAndWait(attempt, token);
      InputOutputProcessing.limit(state, result, "result");
      succeeded(attempt, result);
      return result;
    } catch (StateFailure failure) {
      failed(attempt, failure);
      throw failure;
    }
  }

  /**
   * Calls the function; the limit is in real time, for computing is not compressed. An answer to
   * the token ends the wait for the function as well.
   */
  private JsonNode call(Attempt attempt, PendingTask token) throws StateFailure, Ended {
    CompletableFuture<JsonNode> call = invoke(attempt.parameters());
    CompletableFuture<?> first =
        token == null ? call : CompletableFuture.anyOf(call, token.answer());
    Duration limit = attempt.limit() == null ? NO_LIMIT : attempt.limit();
    if (!attempt.execution().await(first, limit)) {
      throw new StateFailure(StateFailure.TIMEOUT, null);
    }
    return token != null && token.answer().isDone() ? null : result(call);
  }

  private CompletableFuture<JsonNode> invoke(JsonNode parameters) {
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    String function = parameters.path("FunctionName").asText();
    JsonNode payload = parameters.has("Payload") ? parameters.get("Payload") : StateJson.object();
    calls.execute(
        () -> {
          try {
            answer.complete(response(invoker.invoke(function, payload)));
          } catch (FunctionError e) {
            answer.completeExceptionally(failure(e));
          } catch (RuntimeException e) {
            answer.completeExceptionally(new StateFailure("Lambda.Unknown", e.toString()));
          }
        });
    return answer;
  }

  private static StateFailure failure(FunctionError e) {
    String document = e.causeJson() == null ? e.getMessage() : e.causeJson();
    return e.errorType() == null
        ? new StateFailure(
            "Lambda.Unknown",
            "The cause could not be determined because Lambda did not return an error type."
                + " Returned payload: "
                + document)
        : new StateFailure(e.errorType(), document);
  }

  private static JsonNode response(JsonNode payload) {
    String requestId = UUID.randomUUID().toString();
    ObjectNode response = StateJson.object().put("ExecutedVersion", "$LATEST");
    response.set("Payload", payload == null ? StateJson.MAPPER.nullNode() : payload);
    response.putObject("SdkHttpMetadata").put("HttpStatusCode", 200);
    response.putObject("SdkResponseMetadata").put("RequestId", requestId);
    return response.put("StatusCode", 200);
  }

  private JsonNode callAndWait(Attempt attempt, PendingTask token) throws StateFailure, Ended {
    JsonNode response = call(attempt, token);
    submitted(attempt, response);
    Instant until = clock.now().plus(attempt.limit() == null ? NO_LIMIT : attempt.limit());
    while (!attempt
        .execution()
        .await(token.answer(), clock.real(Duration.between(clock.now(), until)))) {
      if (!clock.now().isBefore(until) && token.close()) {
        throw new StateFailure(StateFailure.TIMEOUT, null);
      }
    }
    return result(token.answer());
  }

  private static JsonNode result(CompletableFuture<JsonNode> done) throws StateFailure, Ended {
    try {
      return done.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StateFailure failure
          ? failure
          : StateFailure.runtime(e.getCause().toString());
    } catch (InterruptedException e) {
      throw new Ended();
    }
  }

  private void scheduled(Attempt attempt) throws Ended {
    attempt
        .execution()
        .record(
            HistoryEventType.TASK_SCHEDULED,
            event ->
                event.taskScheduledEventDetails(
                    d ->
                        d.resourceType(TYPE)
                            .resource(attempt.resource())
                            .region(LocalStepFunctions.REGION)
                            .parameters(StateJson.text(attempt.parameters()))
                            .timeoutInSeconds(seconds(attempt.limit()))));
    attempt
        .execution()
        .record(
            HistoryEventType.TASK_STARTED,
            event ->
                event.taskStartedEventDetails(
                    d -> d.resourceType(TYPE).resource(attempt.resource())));
  }

  private static Long seconds(Duration limit) {
    return limit == null ? null : limit.toSeconds();
  }

  private void submitted(Attempt attempt, JsonNode response) throws Ended {
    String output = response == null ? null : StateJson.text(response);
    attempt
        .execution()
        .record(
            HistoryEventType.TASK_SUBMITTED,
            event ->
                event.taskSubmittedEventDetails(
                    d -> d.resourceType(TYPE).resource(attempt.resource()).output(output)));
  }

  private void succeeded(Attempt attempt, JsonNode result) throws Ended {
    attempt
        .execution()
        .record(
            HistoryEventType.TASK_SUCCEEDED,
            event ->
                event.taskSucceededEventDetails(
                    d ->
                        d.resourceType(TYPE)
                            .resource(attempt.resource())
                            .output(StateJson.text(result))));
  }

  private void failed(Attempt attempt, StateFailure failure) throws Ended {
    String error = failure.error();
    String cause = failure.cause();
    boolean late = failure.matches(StateFailure.TIMEOUT);
    attempt
        .execution()
        .record(
            late ? HistoryEventType.TASK_TIMED_OUT : HistoryEventType.TASK_FAILED,
            event -> {
              if (late) {
                event.taskTimedOutEventDetails(
                    d ->
                        d.resourceType(TYPE)
                            .resource(attempt.resource())
                            .error(error)
                            .cause(cause));
              } else {
                event.taskFailedEventDetails(
                    d ->
                        d.resourceType(TYPE)
                            .resource(attempt.resource())
                            .error(error)
                            .cause(cause));
              }
            });
  }
}
