package io.crossfade.localaws.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.sdk.Await;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** Runs definitions against a function that the test writes. */
final class StepFunctionsBench implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final ScaledClock clock;
  final LocalStepFunctions functions;
  private final Map<String, CountDownLatch> ends = new ConcurrentHashMap<>();

  StepFunctionsBench(double speed, FunctionInvoker invoker) {
    this.clock = new ScaledClock(speed);
    this.functions = new LocalStepFunctions(clock, invoker);
    functions.addListener(
        new ExecutionListener() {
          @Override
          public void executionEnded(String arn, String status, Instant at) {
            latch(arn).countDown();
          }
        });
  }

  static StepFunctionsBench withoutFunctions() {
    return new StepFunctionsBench(
        200,
        (name, payload) -> {
          throw new IllegalStateException("no function expected");
        });
  }

  String machine(String definition) {
    String name = "machine-" + NUMBER.incrementAndGet();
    return functions
        .createStateMachine(
            r -> r.name(name).definition(definition).roleArn("arn:aws:iam::1:role/r"))
        .stateMachineArn();
  }

  /** A machine of one state. */
  static String only(String state) {
    return "{\"StartAt\":\"A\",\"States\":{\"A\":" + state + "}}";
  }

  String start(String definition, String input) {
    String machine = machine(definition);
    return functions.startExecution(r -> r.stateMachineArn(machine).input(input)).executionArn();
  }

  DescribeExecutionResponse run(String definition, String input) throws InterruptedException {
    return await(start(definition, input));
  }

  DescribeExecutionResponse await(String arn) throws InterruptedException {
    assertThat(latch(arn).await(30, TimeUnit.SECONDS)).as("the execution ends").isTrue();
    return functions.describeExecution(r -> r.executionArn(arn));
  }

  List<String> events(String arn) {
    return functions
        .getExecutionHistory(r -> r.executionArn(arn).maxResults(1000))
        .events()
        .stream()
        .map(HistoryEvent::typeAsString)
        .toList();
  }

  static JsonNode json(String text) {
    try {
      return StateJson.parse(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The last listener may hear of the end a moment after the others. */
  void awaitHeard(List<String> heard, int size) {
    Await.until("all of it is heard", () -> heard.size() >= size, heard::toString);
  }

  private CountDownLatch latch(String arn) {
    return ends.computeIfAbsent(arn, key -> new CountDownLatch(1));
  }

  @Override
  public void close() {
    functions.stopAll();
    clock.close();
  }
}
