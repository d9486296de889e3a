package io.crossfade.localaws.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.cloudwatch.LocalCloudWatch;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.states.FunctionError;
import io.crossfade.localaws.states.LocalStepFunctions;
import io.crossfade.localaws.storage.LocalS3;
import io.crossfade.localaws.template.EventRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

class LocalEventBridgeTest {
  private static final String EXECUTIONS =
      "{\"source\":[\"aws.states\"],\"detail-type\":[\"Step Functions Execution Status Change\"]}";
  private static final String ALARMS =
      "{\"source\":[\"aws.cloudwatch\"],\"detail\":{\"state\":{\"value\":[\"ALARM\"]}}}";

  private final ScaledClock clock = new ScaledClock(600);
  private final List<JsonNode> taken = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger attempts = new AtomicInteger();
  private final LocalEventBridge bus = new LocalEventBridge(clock, this::run);
  private final LocalStepFunctions states = new LocalStepFunctions(clock, this::run);

  private JsonNode run(String function, JsonNode payload) throws FunctionError {
    attempts.incrementAndGet();
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new FunctionError("Oops", "not now", null);
    }
    taken.add(payload);
    return payload;
  }

  @AfterEach
  void close() {
    bus.close();
    clock.close();
  }

  private static JsonNode json(String text) {
    try {
      return EventEnvelope.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private void rule(String pattern, String inputPath, String input, int retries) {
    EventRule rule = new EventRule("Rule", "rule", true, json(pattern), inputPath, input, retries);
    bus.putRule(rule, "watch");
  }

  private static JsonNode event(String source) {
    return EventEnvelope.of(source, "Test", Instant.EPOCH, "arn:x", json("{\"a\":{\"b\":1}}"));
  }

  private String execute(String state, String input) {
    String definition =
        "{\"StartAt\":\"A\",\"TimeoutSeconds\":600,\"States\":{\"A\":" + state + "}}";
    String machine =
        states
            .createStateMachine(r -> r.name("m").definition(definition).roleArn("arn:r"))
            .stateMachineArn();
    return states
        .startExecution(r -> r.stateMachineArn(machine).name("one").input(input))
        .executionArn();
  }

  @Test
  void anObjectTellsOfEachWriteIfItsBucketIsListenedTo() {
    rule("{\"detail\":{\"object\":{\"key\":[{\"suffix\":\"/b.json\"}]}}}", null, null, 2);
    LocalS3 s3 = new LocalS3(clock);
    s3.createBucket("told");
    s3.createBucket("silent");
    bus.listenTo(s3, "told");
    s3.put("told", "a/b.json", new byte[5]);
    s3.put("told", "a/c.json", new byte[5]);
    s3.put("silent", "a/b.json", new byte[5]);
    bus.drain();

    assertThat(taken).hasSize(1);
    JsonNode event = bus.events().get(0);
    assertThat(event.path("source").asText()).isEqualTo("aws.s3");
    assertThat(event.path("detail-type").asText()).isEqualTo("Object Created");
    assertThat(event.path("resources")).isEqualTo(json("[\"arn:aws:s3:::told\"]"));
    assertThat(event.at("/detail/bucket/name").asText()).isEqualTo("told");
    assertThat(event.at("/detail/object/key").asText()).isEqualTo("a/b.json");
    assertThat(event.at("/detail/object/size").asInt()).isEqualTo(5);
    assertThat(event.at("/detail/reason").asText()).isEqualTo("PutObject");
    assertThat(bus.events()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"Type":"Succeed"}                              | SUCCEEDED | {"x":1} | true  |                | false
          {"Type":"Fail","Error":"Refused","Cause":"why"} | FAILED    |         |       | Refused        | false
          {"Type":"Wait","Seconds":6000,"End":true}        | TIMED_OUT |         |       | States.Timeout | false
          {"Type":"Wait","Seconds":6000,"End":true}        | ABORTED   |         |       | Stopped        | true
          """)
  void anExecutionTellsOfItsStartAndOfItsEnd(
      String state, String status, String output, Boolean included, String error, boolean stop) {
    rule(EXECUTIONS, null, null, 2);
    bus.listenTo(states);
    String arn = execute(state, "{\"x\":1}");
    Await.until("the start is told", () -> taken.size() > 0);
    if (stop) {
      states.stopExecution(r -> r.executionArn(arn).error("Stopped"));
    }
    Await.until("the end is told", () -> taken.size() == 2);
    bus.drain();

    JsonNode started = bus.events().get(0);
    assertThat(started.path("source").asText()).isEqualTo("aws.states");
    assertThat(started.path("resources")).isEqualTo(json("[\"" + arn + "\"]"));
    assertThat(started.path("detail").path("status").asText()).isEqualTo("RUNNING");
    assertThat(started.path("detail").path("stopDate").isNull()).isTrue();
    assertThat(started.path("detail").path("input").asText()).isEqualTo("{\"x\":1}");
    assertThat(started.path("detail").path("outputDetails").isNull()).isTrue();
    JsonNode ended = bus.events().get(1).path("detail");
    assertThat(ended.path("executionArn").asText()).isEqualTo(arn);
    assertThat(ended.path("stateMachineArn").asText()).endsWith(":stateMachine:m");
    assertThat(ended.path("name").asText()).isEqualTo("one");
    assertThat(ended.path("status").asText()).isEqualTo(status);
    assertThat(ended.path("stopDate").asLong()).isGreaterThan(1_700_000_000_000L);
    assertThat(ended.path("inputDetails")).isEqualTo(json("{\"included\":true}"));
    assertThat(ended.path("output").asText(null)).isEqualTo(output);
    assertThat(ended.path("outputDetails").path("included").asText(null))
        .isEqualTo(included == null ? null : included.toString());
    assertThat(ended.path("error").asText(null)).isEqualTo(error);
  }

  @ParameterizedTest
  @CsvSource({"1000, true, true", "130000, false, true", "255000, false, false"})
  void payloadsThatAreTooLongAreLeftOut(int length, boolean input, boolean output) {
    bus.listenTo(states);
    execute("{\"Type\":\"Succeed\"}", "\"" + "x".repeat(length) + "\"");
    Await.until("the end is told", () -> bus.events().size() == 2);
    JsonNode ended = bus.events().get(1).path("detail");
    assertThat(ended.path("inputDetails").path("included").asBoolean()).isEqualTo(input);
    assertThat(ended.path("input").isNull()).isEqualTo(!input);
    assertThat(ended.path("outputDetails").path("included").asBoolean()).isEqualTo(output);
    assertThat(ended.path("output").isNull()).isEqualTo(!output);
  }

  @Test
  void anAlarmTellsOfItsStateAndOfTheOneBefore() {
    try (LocalCloudWatch cloudWatch = new LocalCloudWatch(clock)) {
      rule(ALARMS, "$.detail", null, 2);
      bus.listenTo(cloudWatch);
      cloudWatch.putMetricAlarm(
          r ->
              r.alarmName("errors")
                  .alarmDescription("too many")
                  .namespace("Shop")
                  .metricName("Errors")
                  .statistic(Statistic.SUM)
                  .period(60)
                  .evaluationPeriods(1)
                  .threshold(1.0)
                  .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD));
      cloudWatch.setAlarmState(
          r ->
              r.alarmName("errors")
                  .stateValue(StateValue.ALARM)
                  .stateReason("drill")
                  .stateReasonData("{\"by\":\"hand\"}"));
      Await.until("it is told", () -> taken.size() == 1);

      JsonNode detail = taken.get(0);
      assertThat(detail.path("alarmName").asText()).isEqualTo("errors");
      assertThat(detail.path("state").path("value").asText()).isEqualTo("ALARM");
      assertThat(detail.path("state").path("reason").asText()).isEqualTo("drill");
      assertThat(detail.path("state").path("reasonData").asText()).isEqualTo("{\"by\":\"hand\"}");
      assertThat(detail.path("state").path("timestamp").asText())
          .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+0000");
      assertThat(detail.path("previousState").path("value").asText())
          .isEqualTo("INSUFFICIENT_DATA");
      assertThat(detail.path("previousState").path("reason").asText())
          .isEqualTo("Unchecked: Initial alarm creation");
      assertThat(detail.at("/configuration/description").asText()).isEqualTo("too many");
      assertThat(detail.at("/configuration/metrics/0/metricStat/metric/name").asText())
          .isEqualTo("Errors");
      assertThat(bus.events().get(0).at("/resources/0").asText()).endsWith(":alarm:errors");
    }
  }

  @ParameterizedTest(name = "{0} failures, {1} retries")
  @CsvSource({"0, 2, 1, 1, 0", "2, 2, 3, 1, 0", "3, 2, 3, 0, 1", "1, 0, 1, 0, 1"})
  void aFunctionThatFailsIsTriedAgain(
      int failing, int retries, int tries, int deliveries, int dropped) {
    rule("{\"source\":[\"x\"]}", null, null, retries);
    failures.set(failing);
    bus.publish(event("x"));
    bus.drain();
    assertThat(attempts).hasValue(tries);
    assertThat(bus.deliveries()).hasSize(deliveries);
    assertThat(bus.failedDeliveries()).hasSize(dropped);
    assertThat(bus.failedDeliveries())
        .allSatisfy(
            failed -> {
              assertThat(failed.attempts()).isEqualTo(tries);
              assertThat(failed.error()).isEqualTo("not now");
            });
  }

  @Test
  void anEventMayComeTwiceLateOrNotAtAll() {
    rule("{\"source\":[\"x\"]}", null, null, 2);
    bus.deliverTwice(true);
    bus.delay(Duration.ofSeconds(30));
    Instant published = clock.now();
    bus.publish(event("x"));
    bus.drain();
    assertThat(taken).hasSize(2).containsOnly(taken.get(0));
    assertThat(clock.now()).isAfterOrEqualTo(published.plusSeconds(30));
    bus.dropNext(1);
    bus.publish(event("x"));
    bus.drain();
    assertThat(taken).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          $.detail.a  |              | {"b":1}
          $.detail.no |              |
          $.source    |              | "x"
                      | {"fixed":1}  | {"fixed":1}
          """)
  void aRuleDecidesWhatTheFunctionGets(String path, String input, String payload) {
    rule("{\"source\":[\"x\"]}", path, input, 2);
    bus.publish(event("x"));
    bus.publish(event("y"));
    bus.drain();
    assertThat(taken)
        .containsExactly(payload == null ? EventEnvelope.JSON.missingNode() : json(payload));
  }

  @Test
  void rulesThatAreDisabledOrWrongDeliverNothing() {
    bus.putRule(
        new EventRule("R", "r", false, json("{\"source\":[\"x\"]}"), null, null, 2), "watch");
    bus.publish(event("x"));
    bus.drain();
    assertThat(taken).isEmpty();
    assertThatThrownBy(() -> rule("{\"source\":[{\"cidr\":\"10.0.0.0/8\"}]}", null, null, 2))
        .isInstanceOf(InvalidEventPattern.class);
    assertThatThrownBy(() -> rule("{\"source\":[\"x\"]}", "$..a", null, 2))
        .hasMessage("InputPath not emulated: $..a");
  }
}
