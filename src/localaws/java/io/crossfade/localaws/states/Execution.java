package io.crossfade.localaws.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.ScaledClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/**
 * One execution: its history, its end, and what it waits for. It ends once, by its own doing, by
 * its timeout or by being stopped; its thread learns that at its next step and unwinds.
 */
final class Execution {
  static final int MAX_EVENTS = 25_000;

  private final StateMachine machine;
  private final String name;
  private final String input;
  private final JsonNode inputJson;
  private final ScaledClock clock;
  private final Instant started;
  private final List<HistoryEvent> history = new ArrayList<>();
  private final AtomicLong transitions = new AtomicLong();
  private final CompletableFuture<Outcome> ended = new CompletableFuture<>();

  /** How an execution ended. Output, error and cause are null where there is none. */
  record Outcome(ExecutionStatus status, String output, String error, String cause, Instant at) {}

  /** Unwinds the execution's thread once the execution has ended. */
  static final class Ended extends Exception {}

  Execution(
      StateMachine machine, String name, String input, JsonNode inputJson, ScaledClock clock) {
    this.machine = machine;
    this.name = name;
    this.input = input;
    this.inputJson = inputJson;
    this.clock = clock;
    this.started = now();
    append(
        HistoryEventType.EXECUTION_STARTED,
        event ->
            event.executionStartedEventDetails(d -> d.input(input).roleArn(machine.roleArn())));
  }

  StateMachine machine() {
    return machine;
  }

  String arn() {
    return machine.executionArn(name);
  }

  String name() {
    return name;
  }

  String input() {
    return input;
  }

  JsonNode inputJson() {
    return inputJson;
  }

  Instant started() {
    return started;
  }

  long transitions() {
    return transitions.get();
  }

  /** Null while it runs. */
  Outcome outcome() {
    return ended.getNow(null);
  }

  ExecutionStatus status() {
    Outcome outcome = outcome();
    return outcome == null ? ExecutionStatus.RUNNING : outcome.status();
  }

  synchronized List<HistoryEvent> history() {
    return List.copyOf(history);
  }

  synchronized long lastEventId() {
    return history.size();
  }

  ScaledClock clock() {
    return clock;
  }

  /** World time to the millisecond, as the service reports it. */
  Instant now() {
    return clock.now().truncatedTo(ChronoUnit.MILLIS);
  }

  void countTransition() {
    transitions.incrementAndGet();
  }

  /** The timer that ends the execution at the machine's own timeout; null if there is none. */
  ScheduledFuture<?> startTimeout() {
    return machine
        .definition()
        .timeout()
        .<ScheduledFuture<?>>map(limit -> clock.after(limit, this::timeOut))
        .orElse(null);
  }

  synchronized void record(HistoryEventType type, Consumer<HistoryEvent.Builder> details)
      throws Ended {
    if (ended.isDone()) {
      throw new Ended();
    }
    if (history.size() >= MAX_EVENTS - 1) {
      fail(
          StateFailure.RUNTIME,
          "The execution reached the maximum number of history events (25000).");
      throw new Ended();
    }
    append(type, details);
  }

  void succeed(String output) {
    end(
        new Outcome(ExecutionStatus.SUCCEEDED, output, null, null, now()),
        HistoryEventType.EXECUTION_SUCCEEDED,
        event -> event.executionSucceededEventDetails(d -> d.output(output)));
  }

  void fail(String error, String cause) {
    end(
        new Outcome(ExecutionStatus.FAILED, null, error, cause, now()),
        HistoryEventType.EXECUTION_FAILED,
        event -> event.executionFailedEventDetails(d -> d.error(error).cause(cause)));
  }

  void abort(String error, String cause) {
    end(
        new Outcome(ExecutionStatus.ABORTED, null, error, cause, now()),
        HistoryEventType.EXECUTION_ABORTED,
        event -> event.executionAbortedEventDetails(d -> d.error(error).cause(cause)));
  }

  void timeOut() {
    end(
        new Outcome(ExecutionStatus.TIMED_OUT, null, StateFailure.TIMEOUT, null, now()),
        HistoryEventType.EXECUTION_TIMED_OUT,
        event -> event.executionTimedOutEventDetails(d -> d.error(StateFailure.TIMEOUT)));
  }

  private synchronized void end(
      Outcome outcome, HistoryEventType type, Consumer<HistoryEvent.Builder> details) {
    if (!ended.isDone()) {
      append(type, details);
      ended.complete(outcome);
    }
  }

  private synchronized void append(HistoryEventType type, Consumer<HistoryEvent.Builder> details) {
    HistoryEvent.Builder event = HistoryEvent.builder();
    event.type(type).id(history.size() + 1L).previousEventId((long) history.size());
    details.accept(event.timestamp(now()));
    history.add(event.build());
  }

  /** Sleeps in world time. */
  void sleepUntil(Instant target) throws Ended {
    await(new CompletableFuture<Void>(), clock.real(Duration.between(clock.now(), target)));
  }

  /** True once the future is done, false if that took longer. */
  boolean await(CompletableFuture<?> future, Duration real) throws Ended {
    boolean done = true;
    try {
      CompletableFuture.anyOf(ended, future).get(nanos(real), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      done = false;
    } catch (ExecutionException | CancellationException e) {
      done = true;
    } catch (InterruptedException e) {
      throw new Ended();
    }
    if (ended.isDone()) {
      throw new Ended();
    }
    return done;
  }

  private static long nanos(Duration real) {
    return Math.max(0, real.toNanos());
  }

  /** The context object as a state sees it. */
  ObjectNode context(String state, Instant entered, int retries) {
    ObjectNode context = StateJson.object();
    context
        .putObject("Execution")
        .put("Id", arn())
        .put("Name", name)
        .put("RoleArn", machine.roleArn())
        .put("StartTime", StateTimestamps.text(started))
        .put("RedriveCount", 0)
        .set("Input", inputJson);
    context
        .putObject("State")
        .put("EnteredTime", StateTimestamps.text(entered))
        .put("Name", state)
        .put("RetryCount", retries);
    context.putObject("StateMachine").put("Id", machine.arn()).put("Name", machine.name());
    return context;
  }
}
