package io.crossfade.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.approval.ApprovalMessages;
import io.crossfade.approval.ApprovalStore;
import io.crossfade.approval.Evidence;
import io.crossfade.approval.PendingApproval;
import io.crossfade.approval.PostedApproval;
import io.crossfade.gate.Alarm;
import io.crossfade.gate.RequestTotals;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.slack.LocalSlack;
import io.crossfade.localaws.states.LocalStepFunctions;
import io.crossfade.release.Comparison;
import io.crossfade.release.Weights;
import io.crossfade.slack.Messenger;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** A task waits for the answer to a question that stands in Slack. */
@QuarkusTest
@TestProfile(HandlersProfile.class)
class AlarmGuardTest extends HandlerTest {
  AlarmGuardTest() {
    super("alarm-guard");
  }

  private static final String DEFINITION =
      """
      {"StartAt": "Ask", "States": {"Ask": {"Type": "Task", "End": true, "TimeoutSeconds": 900000,
        "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "Parameters": {"FunctionName": "ask", "Payload": {"token.$": "$$.Task.Token"}}}}}""";

  @Inject ApprovalStore approvals;
  @Inject Messenger messenger;

  private final LocalSlack slack = SlackResource.slack();
  private final AtomicReference<String> token = new AtomicReference<>();
  private LocalStepFunctions states;
  private String execution;

  @BeforeEach
  void ask() {
    slack.reset();
    aws.secrets().store(LocalSlack.SECRET_NAME, slack.botSecret());
    states =
        new LocalStepFunctions(
            aws.clock(),
            (name, in) -> {
              token.set(in.get("token").asText());
              return json.createObjectNode();
            });
    aws.gateway().serve("states", SfnClient.class, states);
    String machine =
        states.createStateMachine(r -> r.name("m").definition(DEFINITION)).stateMachineArn();
    execution = states.startExecution(r -> r.stateMachineArn(machine)).executionArn();
    Await.until("it waits", () -> token.get() != null);
    Evidence evidence =
        new Evidence(
            new Weights(0, 100),
            2,
            2,
            List.of(new Alarm("backend-green-5xx", Alarm.State.OK, null, "")),
            new RequestTotals(new RequestTotals.Count(1, 0), new RequestTotals.Count(1, 0)),
            NOW,
            Comparison.NONE);
    PendingApproval pending =
        PendingApproval.of(token.get(), at(3), evidence, NOW.plusSeconds(3600));
    approvals.keep(pending);
    var posted = messenger.post(ApprovalMessages.question(pending, NOW));
    approvals.posted("run-1", new PostedApproval(pending.nonce(), posted, evidence));
    forgetCalls();
  }

  private ObjectNode event(String alarm) {
    ObjectNode event =
        json.createObjectNode()
            .put("source", "aws.cloudwatch")
            .put("time", NOW.plusSeconds(60).toString());
    event.putObject("detail").put("alarmName", alarm).putObject("state").put("value", "ALARM");
    return event;
  }

  private DescribeExecutionResponse execution() {
    return states.describeExecution(r -> r.executionArn(execution));
  }

  @Override
  ObjectNode ordinary() {
    return event("backend-green-5xx");
  }

  @Override
  @Test
  void answersWithTheDocumentAndNothingElse() {
    assertThat(call(ordinary()).isMissingNode()).isTrue();
  }

  @Override
  @Test
  void fieldsOfALaterVersionDoNoHarm() {
    call(ordinary().put("later", 1));
    Await.until("it is answered", () -> execution().status() == ExecutionStatus.FAILED);
  }

  @Test
  void failsTheTaskAndTakesTheButtonsAway() {
    call(ordinary());
    Await.until("it is answered", () -> execution().status() == ExecutionStatus.FAILED);
    assertThat(execution().error()).isEqualTo("ApprovalRejected");
    assertThat(execution().cause())
        .isEqualTo(
            "rejected: the alarm backend-green-5xx fired while the release waited for an answer");
    assertThat(slack.messages())
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.actions()).isEmpty();
              assertThat(message.shown()).contains("*Rejected* by the alarm `backend-green-5xx`");
            });
  }

  @Test
  void whatTheReleaseDoesNotWatchChangesNothing() {
    call(event("frontend-green-5xx"));
    assertThat(execution().status()).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(slack.messages().get(0).actions()).hasSize(2);
    assertThat(changes()).isEmpty();
  }

  @Test
  void aRuleThatNobodyHoldsHasNobodyWaiting() {
    lock(lock().givenBack());
    forgetCalls();
    call(ordinary());
    assertThat(execution().status()).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(gateway.callCounts()).containsOnlyKeys("s3:ListObjectsV2", "s3:GetObject");
  }
}
