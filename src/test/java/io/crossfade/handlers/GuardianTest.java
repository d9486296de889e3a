package io.crossfade.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.states.LocalStepFunctions;
import io.crossfade.localaws.wire.Call;
import io.crossfade.localaws.wire.CallInterceptor;
import io.crossfade.lock.Lock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The machine behind it knows two ways: to wait, or to fail with RestoreIncomplete. */
@QuarkusTest
@TestProfile(HandlersProfile.class)
class GuardianTest extends HandlerTest {
  GuardianTest() {
    super("guardian");
  }

  private static final String DEFINITION =
      """
      {"StartAt": "Choose", "States": {
        "Choose": {"Type": "Choice", "Default": "Fail",
          "Choices": [{"Variable": "$.wait", "IsPresent": true, "Next": "Wait"}]},
        "Wait": {"Type": "Wait", "Seconds": 900000, "Next": "Fail"},
        "Fail": {"Type": "Fail", "Error": "RestoreIncomplete", "Cause": "the rule differs"}}}""";

  private LocalStepFunctions states;
  private String machine;

  @BeforeEach
  void serve() {
    states = new LocalStepFunctions(aws.clock(), (name, in) -> null);
    aws.gateway().serve("states", SfnClient.class, states);
    machine =
        states
            .createStateMachine(r -> r.name("crossfade-release").definition(DEFINITION))
            .stateMachineArn();
    try {
      aws.s3()
          .put(
              "crossfade-state", "deployments/run-1/snapshot.json", json.writeValueAsBytes(at(-1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    forgetCalls();
  }

  private String start(String name, String input) {
    String execution =
        states
            .startExecution(r -> r.stateMachineArn(machine).name(name).input(input))
            .executionArn();
    lock(Lock.taken(backend.ruleArn(), "run-1", execution, NOW));
    return execution;
  }

  private String ended(String name, String input) {
    String execution = start(name, input);
    Await.until("it fails", () -> status(execution) == ExecutionStatus.FAILED);
    return execution;
  }

  private ExecutionStatus status(String execution) {
    return states.describeExecution(r -> r.executionArn(execution)).status();
  }

  private List<String> executions() {
    return states.listExecutions(r -> r.stateMachineArn(machine)).executions().stream()
        .map(ExecutionListItem::name)
        .sorted()
        .toList();
  }

  private ObjectNode event(String execution) {
    ObjectNode event = json.createObjectNode().put("source", "aws.states");
    event.putObject("detail").put("executionArn", execution).putNull("input");
    return event;
  }

  @Override
  ObjectNode ordinary() {
    return event(ended("run-1", "{}"));
  }

  @Override
  @Test
  void answersWithTheDocumentAndNothingElse() {
    assertThat(call(ordinary()).isMissingNode()).isTrue();
  }

  @Override
  @Test
  void fieldsOfALaterVersionDoNoHarm() {
    ObjectNode event = ordinary().put("later", 1);
    ((ObjectNode) event.get("detail")).put("later", true);
    call(event);
    assertThat(executions()).containsExactly("run-1", "run-1-restore-1");
  }

  @Test
  void startsTheRestoreOfWhatEndedHalfWay() {
    call(ordinary());
    String restore = machine.replace(":stateMachine:", ":execution:") + ":run-1-restore-1";
    assertThat(states.describeExecution(r -> r.executionArn(restore)).input())
        .isEqualTo("{\"attempt\":1,\"restore\":\"run-1\"}");
    assertThat(aws.sns().published()).isEmpty();
  }

  @Test
  void anEventThatComesTwiceStartsOneRestore() {
    ObjectNode event = ordinary();
    call(event);
    Await.until("the restore has ended", () -> status(restore()) == ExecutionStatus.FAILED);
    call(event);
    assertThat(gateway.callCounts()).containsEntry("states:StartExecution", 2L);
    assertThat(executions()).containsExactly("run-1", "run-1-restore-1");
  }

  private String restore() {
    return machine.replace(":stateMachine:", ":execution:") + ":run-1-restore-1";
  }

  @Test
  void leavesWhatAnotherDeploymentHasTakenOver() {
    ObjectNode event = ordinary();
    loseTheLock();
    forgetCalls();
    call(event);
    assertThat(executions()).containsExactly("run-1");
    assertThat(changes()).isEmpty();
  }

  @Test
  void leavesWhatIsNotStored() {
    call(event(ended("run-9", "{}")));
    assertThat(executions()).containsExactly("run-9");
  }

  @Test
  void callsAPersonAfterTheThirdAttempt() {
    call(event(ended("any-name", "{\"restore\": \"run-1\", \"attempt\": 3}")));
    assertThat(executions()).containsExactly("any-name");
    assertThat(aws.sns().published())
        .singleElement()
        .satisfies(
            page -> {
              assertThat(page.subject())
                  .isEqualTo("Crossfade: backend ACT NOW: not restored, nothing more is tried");
              assertThat(page.message())
                  .contains("failed with RestoreIncomplete: the rule differs")
                  .contains("{\"restore\": \"run-1\"}");
            });
  }

  @Test
  void anExecutionThatStillSeemsToRunIsAskedForAgain() {
    String execution = start("run-1", "{\"wait\": true}");
    AtomicBoolean asked = new AtomicBoolean();
    intercept(
        new CallInterceptor() {
          @Override
          public void after(Call call, Object response) {
            if (call.name().equals("states:DescribeExecution")
                && asked.compareAndSet(false, true)) {
              states.stopExecution(r -> r.executionArn(execution));
            }
          }
        });
    call(event(execution));
    assertThat(asked).isTrue();
    assertThat(executions()).containsExactly("run-1", "run-1-restore-1");
  }

  @Test
  void anExecutionThatRunsIsAnError() {
    JsonNode error = fail(event(start("run-1", "{\"wait\": true}")));
    assertThat(error.get("errorType").asText()).isEqualTo("io.crossfade.release.TransientFailure");
    assertThat(executions()).containsExactly("run-1");
  }

  @Test
  void callsAPersonWhenARestoreByHandFailsAndNoAttemptIsLeft() {
    call(ordinary());
    Await.until("the restore has ended", () -> status(restore()) == ExecutionStatus.FAILED);
    call(event(ended("by-hand", "{\"restore\": \"run-1\"}")));
    assertThat(executions()).containsExactly("by-hand", "run-1", "run-1-restore-1");
    assertThat(aws.sns().published())
        .singleElement()
        .satisfies(
            page ->
                assertThat(page.message())
                    .contains("by-hand failed with RestoreIncomplete", "used up before"));
  }
}
