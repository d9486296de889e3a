package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.states.Execution.Ended;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** Runs one execution from state to state until it ends. */
final class ExecutionRunner implements Runnable {
  private final Execution execution;
  private final TaskStateRunner tasks;
  private final List<ExecutionListener> listeners;

  /** The output of a state and the name of the next state; null at the end. */
  private record Step(JsonNode output, String next) {}

  ExecutionRunner(Execution execution, TaskStateRunner tasks, List<ExecutionListener> listeners) {
    this.execution = execution;
    this.tasks = tasks;
    this.listeners = listeners;
  }

  @Override
  public void run() {
    var timeout = execution.startTimeout();
    listeners.forEach(l -> l.executionStarted(execution.arn(), execution.started()));
    try {
      walk();
    } catch (Ended e) {
      // The call that ended it has recorded the outcome.
    } catch (RuntimeException e) {
      execution.fail(StateFailure.RUNTIME, "The engine failed: " + e);
    } finally {
      if (timeout != null) {
        timeout.cancel(false);
      }
      announceEnd();
    }
  }

  private void walk() throws Ended {
    Step at = new Step(execution.inputJson(), execution.machine().definition().startAt());
    while (at.next() != null) {
      at = enter(execution.machine().definition().state(at.next()), at.output());
    }
  }

  private Step enter(State state, JsonNode input) throws Ended {
    Instant entered = execution.now();
    execution.countTransition();
    execution.record(
        entered(state),
        event ->
            event.stateEnteredEventDetails(d -> d.name(state.name()).input(StateJson.text(input))));
    long eventId = execution.lastEventId();
    listeners.forEach(l -> l.stateEntered(execution.arn(), state.name(), input, entered));
    try {
      Step step =
          state.type().equals("Task") ? task(state, input, entered) : plain(state, input, entered);
      limit(state, step.output());
      exit(state, step);
      return step;
    } catch (StateFailure failure) {
      execution.fail(failure.error(), cause(state, eventId, failure));
      throw new Ended();
    }
  }

  private void exit(State state, Step step) throws Ended {
    execution.record(
        exited(state),
        event ->
            event.stateExitedEventDetails(
                d -> d.name(state.name()).output(StateJson.text(step.output()))));
    Instant at = execution.now();
    listeners.forEach(l -> l.stateExited(execution.arn(), state.name(), step.output(), at));
    if (step.next() == null) {
      execution.succeed(StateJson.text(step.output()));
    }
  }

  private void announceEnd() {
    Execution.Outcome outcome = execution.outcome();
    for (ExecutionListener listener : listeners) {
      listener.executionEnded(execution.arn(), outcome.status().toString(), outcome.at());
    }
  }

  private Step plain(State state, JsonNode input, Instant entered) throws StateFailure, Ended {
    ObjectNode context = execution.context(state.name(), entered, 0);
    JsonNode data = InputOutputProcessing.path(state, "InputPath", input, context);
    switch (state.type()) {
      case "Fail" -> throw failure(state, input, context);
      case "Wait" -> execution.sleepUntil(WaitTime.until(state, data, context, entered));
      default -> {}
    }
    JsonNode output = state.type().equals("Pass") ? pass(state, input, data, context) : data;
    String next = state.type().equals("Choice") ? choose(state, data, context) : next(state);
    return new Step(InputOutputProcessing.path(state, "OutputPath", output, context), next);
  }

  private static JsonNode pass(State state, JsonNode input, JsonNode data, JsonNode context)
      throws StateFailure {
    JsonNode result =
        state.has("Parameters")
            ? PayloadTemplate.fill(state.get("Parameters"), data, context)
            : data;
    return InputOutputProcessing.place(
        state.fields(), input, state.has("Result") ? state.get("Result") : result);
  }

  private static String choose(State state, JsonNode data, JsonNode context) throws StateFailure {
    for (JsonNode rule : state.get("Choices")) {
      if (ChoiceRule.holds(rule, data, context)) {
        return rule.get("Next").textValue();
      }
    }
    if (!state.has("Default")) {
      throw new StateFailure(
          "States.NoChoiceMatched",
          "No choice rule of %s holds for %s".formatted(state.name(), data));
    }
    return state.text("Default");
  }

  private static StateFailure failure(State state, JsonNode input, JsonNode context)
      throws StateFailure {
    return new StateFailure(
        failureText(state, "Error", input, context), failureText(state, "Cause", input, context));
  }

  private static String failureText(State state, String field, JsonNode input, JsonNode context)
      throws StateFailure {
    if (!state.has(field + "Path")) {
      return state.has(field) ? state.text(field) : null;
    }
    JsonNode value = PayloadTemplate.read(state.text(field + "Path"), input, context);
    if (!value.isTextual()) {
      throw StateFailure.runtime(
          "The %sPath must lead to a string, found %s".formatted(field, value));
    }
    return value.textValue();
  }

  /** Runs a task until it succeeds, is caught, or fails for good. */
  private Step task(State state, JsonNode input, Instant entered) throws StateFailure, Ended {
    RetryPolicy retries = new RetryPolicy(state.fields().path("Retry"));
    while (true) {
      ObjectNode context = execution.context(state.name(), entered, retries.total());
      try {
        JsonNode output = tasks.attempt(execution, state, input, context);
        limit(state, output);
        return new Step(output, next(state));
      } catch (StateFailure failure) {
        Optional<java.time.Duration> delay = retries.next(failure);
        if (delay.isEmpty()) {
          return caught(state, input, failure);
        }
        execution.sleepUntil(execution.clock().now().plus(delay.get()));
        execution.countTransition();
      }
    }
  }

  /** The step after a catcher. The state's OutputPath does not apply to it. */
  private static Step caught(State state, JsonNode input, StateFailure failure)
      throws StateFailure {
    for (JsonNode catcher : state.fields().path("Catch")) {
      if (Retrier.matches(catcher.get("ErrorEquals"), failure)) {
        JsonNode output = InputOutputProcessing.place(catcher, input, failure.output());
        return new Step(output, catcher.get("Next").textValue());
      }
    }
    throw failure;
  }

  private static String next(State state) {
    return state.ends() ? null : state.text("Next");
  }

  private static void limit(State state, JsonNode output) throws StateFailure {
    InputOutputProcessing.limit(state, output, "output");
  }

  private static String cause(State state, long eventId, StateFailure failure) {
    return StateFailure.RUNTIME.equals(failure.error())
        ? "An error occurred while executing the state '%s' (entered at the event id #%d). %s"
            .formatted(state.name(), eventId, failure.cause())
        : failure.cause();
  }

  private static HistoryEventType entered(State state) {
    return HistoryEventType.fromValue(state.type() + "StateEntered");
  }

  private static HistoryEventType exited(State state) {
    return HistoryEventType.fromValue(state.type() + "StateExited");
  }
}
