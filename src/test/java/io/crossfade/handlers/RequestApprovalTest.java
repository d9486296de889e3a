package io.crossfade.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.approval.ApprovalChoice;
import io.crossfade.approval.ApprovalDecision;
import io.crossfade.approval.ApprovalStore;
import io.crossfade.approval.PendingApproval;
import io.crossfade.command.Command;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.slack.LocalSlack;
import io.crossfade.localaws.slack.Message;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.TransientFailure;
import io.crossfade.release.Versioned;
import io.crossfade.slack.Messenger;
import io.crossfade.slack.PostedMessage;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** The question, and what carries it: the store and Slack's API. */
@QuarkusTest
@TestProfile(HandlersProfile.class)
class RequestApprovalTest extends HandlerTest {
  private static final String TOKEN = "AQCEAAAAKgAAAAMAAAAAAAAAA" + "y".repeat(700);
  private static final io.crossfade.slack.SlackMessage HELLO =
      io.crossfade.slack.SlackMessage.plain("hello");

  RequestApprovalTest() {
    super("request-approval");
  }

  @Inject ApprovalStore approvals;
  @Inject Messenger messenger;

  private final LocalSlack slack = SlackResource.slack();

  @BeforeEach
  void openSlack() {
    slack.reset();
    store(slack.botSecret());
    weights(0, 100);
    awaitGreen(2);
  }

  private void store(String secret) {
    aws.secrets().store(LocalSlack.SECRET_NAME, secret);
  }

  @Override
  ObjectNode ordinary() {
    return payload(at(3)).put("token", TOKEN);
  }

  @Test
  void nobodyIsAskedOnceSomebodyElseHasMovedTheTraffic() {
    weights(90, 10);
    JsonNode error = fail(ordinary());
    assertThat(error.get("errorType").asText()).isEqualTo("io.crossfade.release.PermanentFailure");
    assertThat(error.get("errorMessage").asText()).startsWith("someone else changed the rule");
    assertThat(slack.messages()).isEmpty();
  }

  @Test
  void asksWithTwoButtonsThatDoNotCarryTheToken() {
    call(ordinary());
    assertThat(slack.messages())
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.actions())
                  .containsExactly("crossfade_approve", "crossfade_reject");
              assertThat(message.blocks().toString())
                  .contains("abc1234", "an@example.com", "backend-green 100 %", "No answer is a")
                  .doesNotContain(TOKEN);
            });
  }

  @Test
  void aFunctionThatRunsTwiceForOneTokenAsksOnce() {
    call(ordinary());
    call(ordinary());
    assertThat(slack.messages()).hasSize(1);
    call(payload(at(3)).put("token", TOKEN + "z"));
    assertThat(slack.messages()).hasSize(2);
  }

  @Test
  void aTaskWithoutATokenIsAnError() {
    assertThat(fail(payload(at(3))).get("errorMessage").asText())
        .isEqualTo("the state machine sent no task token");
    assertThat(slack.messages()).isEmpty();
  }

  @Test
  void whatSlackRefusesIsPermanentAndNamesSlacksWord() {
    slack.refuse("channel_not_found", 1);
    JsonNode error = fail(ordinary());
    assertThat(error.get("errorType").asText()).isEqualTo("io.crossfade.release.PermanentFailure");
    assertThat(error.get("errorMessage").asText())
        .isEqualTo("Slack answered channel_not_found to chat.postMessage");
  }

  @Test
  void whatMayPassIsRetried() {
    slack.rateLimit(Duration.ofSeconds(1), 1);
    assertThatThrownBy(() -> messenger.post(HELLO)).isInstanceOf(TransientFailure.class);
    slack.outage(1);
    assertThatThrownBy(() -> messenger.post(HELLO)).isInstanceOf(TransientFailure.class);
    assertThat(messenger.post(HELLO).changeable()).isTrue();
  }

  @Test
  void aPostedMessageCanBeChanged() {
    PostedMessage posted = messenger.post(HELLO);
    messenger.change(posted, io.crossfade.slack.SlackMessage.plain("good night"));
    assertThat(slack.messages()).singleElement().extracting(Message::text).isEqualTo("good night");
    messenger.change(PostedMessage.UNKNOWN, HELLO);
    assertThat(slack.messages()).hasSize(1);
  }

  @Test
  void nothingIsSentToAnAddressThatIsNotSlacks() {
    assertThatThrownBy(() -> messenger.whisper("https://example.com/x", "hello"))
        .isInstanceOf(PermanentFailure.class)
        .hasMessage("the answer's address is not one of Slack's");
  }

  @Test
  void anAddressThatIsUsedUpIsPermanent() {
    assertThatThrownBy(() -> messenger.whisper(slack.url() + "/actions/T/1/none", "hello"))
        .isInstanceOf(PermanentFailure.class)
        .hasMessage("Slack answered HTTP 404 to the answer to a click");
  }

  @Test
  void ofTwoWhoReplaceTheSameQuestionOneIsTold() {
    call(ordinary());
    Versioned<PendingApproval> kept =
        approvals.find(approvals.asked("run-1").orElseThrow().nonce()).orElseThrow();
    ApprovalDecision decision =
        new ApprovalDecision(ApprovalChoice.APPROVED, "U1", "ada", null, null, NOW, false);

    assertThat(approvals.replace(kept, decided(kept, decision))).isPresent();
    assertThat(approvals.replace(kept, decided(kept, decision))).isEmpty();

    assertThat(approvals.find(kept.document().nonce()).orElseThrow().document().decision())
        .isEqualTo(decision);
    assertThat(approvals.find("x".repeat(43))).isEmpty();
  }

  private static PendingApproval decided(
      Versioned<PendingApproval> kept, ApprovalDecision decision) {
    var pending = kept.document();
    return new PendingApproval(
        pending.nonce(),
        pending.token(),
        pending.deployment(),
        pending.evidence(),
        pending.expiresAt(),
        decision);
  }

  @Test
  void nobodyIsAskedAboutAVersionThatLostATask() {
    awaitGreen(1);
    JsonNode error = fail(ordinary());
    assertThat(error.get("errorType").asText()).isEqualTo("io.crossfade.release.CapacityShortfall");
    assertThat(error.get("errorMessage").asText()).startsWith("1 of 2 targets of backend-green");
    assertThat(slack.messages()).isEmpty();
    awaitGreen(2);
    call(ordinary());
    assertThat(slack.messages()).hasSize(1);
  }

  @Test
  void whatWasAskedStaysAskedWhenTheFunctionRunsAgainAndATaskIsGone() {
    call(ordinary());
    awaitGreen(1);
    call(ordinary());
    assertThat(slack.messages()).hasSize(1);
  }

  @Test
  void nobodyIsAskedWhileAnAlarmFires() {
    Await.until("the alarm is held in ALARM for one call", this::failsOnTheAlarm);
    assertThat(slack.messages()).isEmpty();
  }

  private boolean failsOnTheAlarm() {
    slack.reset();
    aws.cloudWatch()
        .setAlarmState(
            r ->
                r.alarmName("backend-green-5xx").stateValue(StateValue.ALARM).stateReason("drill"));
    JsonNode answer = answer(ordinary());
    return answer
        .path("errorMessage")
        .asText()
        .equals("at the step at 100 %: backend-green-5xx is ALARM: drill");
  }

  /** Whoever gives it later finds the question, and ends it. */
  @Test
  void aRollbackThatWasGivenJustBeforeEndsTheQuestion() {
    command(Command.ROLLBACK);
    JsonNode error = fail(ordinary());
    assertThat(error.get("errorType").asText()).isEqualTo("io.crossfade.release.PermanentFailure");
    assertThat(error.get("errorMessage").asText())
        .isEqualTo("rollback by arn:aws:iam::123456789012:user/ann: slow");
    assertThat(approvals.asked("run-1")).isPresent();
  }
}
