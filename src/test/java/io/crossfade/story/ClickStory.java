package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.approval.ApprovalChoice;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.slack.LocalSlack;
import io.crossfade.localaws.slack.Message;
import io.crossfade.localaws.slack.SlackUser;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Clicks on the question, on the packaged functions and by way of the HTTP API. */
class ClickStory {
  @Test
  void anApprovedVersionGoesLiveAndTheMessageSaysWhoApprovedIt() throws Exception {
    try (StoryStack world = new StoryStack()) {
      DescribeExecutionResponse ended =
          world.run(
              world.release(
                  world.site.backend(), ", \"commit\": \"2f1d3c4\", \"author\": \"<you>\""));

      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(ended.output()).contains("approved by ann (U0LOCALANN1)");
      world.awaitClicks();
      assertThat(StoryStack.SLACK.clicks()).hasSize(1);
      Message question = world.question();
      assertThat(question.actions()).isEmpty();
      assertThat(question.updates().get(0).blocks().toString())
          .contains("2f1d3c4")
          .contains("&lt;you&gt;")
          .contains("backend-green 100 %")
          .contains("2 of 2 targets healthy")
          .contains("backend-green-5xx is OK")
          .contains("requests");
      assertThat(question.shown()).contains("approved by ann (U0LOCALANN1)");
    }
  }

  @Test
  void aRejectionPutsEverythingBackAndNamesWhoRejected() throws Exception {
    try (StoryStack world = new StoryStack()) {
      world.answer(ApprovalChoice.REJECTED);
      List<Action> before = world.actions(world.site.backend().ruleArn());

      DescribeExecutionResponse ended = world.run(world.release());

      assertThat(ended.error()).isEqualTo("RolledBack");
      assertThat(ended.cause()).isEqualTo("rejected by ann (U0LOCALANN1)");
      assertThat(world.actions(world.site.backend().ruleArn())).isEqualTo(before);
      assertThat(world.service("backend-green").desiredCount()).isZero();
      assertThat(world.stack.states().pendingTokens()).isEmpty();
    }
  }

  @Test
  void aClickAfterTheRollbackChangesNothing() throws Exception {
    try (StoryStack world = new StoryStack()) {
      world.answer(null);
      List<Message> asked = new CopyOnWriteArrayList<>();
      StoryStack.SLACK.onMessage(
          message -> {
            if (message.actions().contains(ApprovalChoice.APPROVED.actionId())) {
              asked.add(message);
            }
          });
      world.run(world.release(world.site.backend(), StoryStack.timeout(120)));
      long changes = world.changes();

      StoryStack.clickUntilTold(
          asked.get(0), ApprovalChoice.APPROVED.actionId(), LocalSlack.ANN, "Too late");

      assertThat(world.changes()).isEqualTo(changes);
      assertThat(world.weights(world.site.backend())).endsWith(100, 0);
    }
  }

  @Test
  void aStrangersClickIsTurnedAwayAndTheReleaseGoesOnWaiting() throws Exception {
    try (StoryStack world = new StoryStack()) {
      world.answer(null);
      SlackUser stranger = new SlackUser("U0STRANGER1", "ann");
      String execution = world.stack.start("strange", StoryStack.inOneStep(world.release()));
      Await.until("somebody is asked", () -> !world.stack.states().pendingTokens().isEmpty());
      world.awaitQuestion();

      StoryStack.clickUntilTold(
          world.question(),
          ApprovalChoice.APPROVED.actionId(),
          stranger,
          "You may not decide this");

      assertThat(world.stack.states().pendingTokens()).hasSize(1);
      StoryStack.SLACK.click(world.question(), ApprovalChoice.APPROVED.actionId(), LocalSlack.BEN);
      assertThat(world.stack.await(execution).output()).contains("approved by ben");
    }
  }

  /** The function reads its secret again, which may have been rotated, before it says no. */
  @Test
  void whatSlackHasNotSignedIsTurnedAway() {
    try (StoryStack world = new StoryStack()) {
      long changes = world.changes();
      Map<String, String> headers =
          StoryStack.SLACK.signedHeaders("payload=another", Instant.now().getEpochSecond());
      assertThat(StoryStack.SLACK.send("payload=%7B%7D", headers).status()).isEqualTo(401);
      assertThat(world.changes()).isEqualTo(changes);
    }
  }

  @Test
  void aClickOnAQuestionThatIsNotStoredAnyMoreDecidesNothing() throws Exception {
    try (StoryStack world = new StoryStack()) {
      world.answer(null);
      String execution = world.stack.start("forgotten", StoryStack.inOneStep(world.release()));
      world.awaitQuestion();
      String bucket = world.stack.stateBucket();
      world.aws.s3().keys(bucket).stream()
          .filter(key -> key.startsWith("approvals/"))
          .forEach(
              key ->
                  world
                      .aws
                      .s3()
                      .deleteObject(DeleteObjectRequest.builder().bucket(bucket).key(key).build()));

      StoryStack.clickUntilTold(
          world.question(),
          ApprovalChoice.APPROVED.actionId(),
          LocalSlack.ANN,
          "This question is not known");

      assertThat(world.stack.states().pendingTokens()).hasSize(1);
      world.stack.states().stopExecution(r -> r.executionArn(execution));
    }
  }

  @Test
  void aRotatedTokenIsReadAgain() throws Exception {
    try (StoryStack world = new StoryStack()) {
      assertThat(world.run(StoryStack.inOneStep(world.release())).status())
          .isEqualTo(ExecutionStatus.SUCCEEDED);
      StoryStack.SLACK.rotateBotToken();
      world.aws.secrets().store(LocalSlack.SECRET_NAME, StoryStack.SLACK.botSecret());

      DescribeExecutionResponse second = world.run(StoryStack.inOneStep(world.nextRelease()));

      assertThat(second.status()).as(second.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }
  }
}
