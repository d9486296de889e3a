package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.approval.ApprovalChoice;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.slack.LocalSlack;
import io.crossfade.localaws.slack.Message;
import io.crossfade.localaws.slack.SlackUser;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** A person decides at 100 %, on the packaged functions and by way of the HTTP API. */
class ApprovalStory {
  @Test
  void anApprovedVersionGoesLiveAndTheMessageSaysWhoApprovedIt() throws Exception {
    try (StoryStack world = new StoryStack()) {
      DescribeExecutionResponse ended =
          world.run(
              world.release(
                  world.site.backend(), ", \"commit\": \"2f1d3c4\", \"author\": \"<you>\""));

      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(ended.output()).contains("approved by ann (U0LOCALANN1)");
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
  void aRejectionAfterTheOldTasksAreGoneTurnsOnlyOnceTheyAreBack() throws Exception {
    try (StoryStack world = new StoryStack()) {
      world.answer(null);
      List<Long> oldTargets = new CopyOnWriteArrayList<>();
      world.aws.elb().onRuleWritten(change -> oldTargets.add(healthyOldTargets(world)));
      String execution = world.stack.start("emptied", world.release());
      world.awaitQuestion();
      world
          .aws
          .ecs()
          .updateService(
              r -> r.cluster(world.site.cluster()).service("backend-blue").desiredCount(0));
      Await.until("nobody is left", () -> healthyOldTargets(world) == 0);

      StoryStack.SLACK.click(world.question(), ApprovalChoice.REJECTED.actionId(), LocalSlack.ANN);
      DescribeExecutionResponse ended = world.stack.await(execution);

      assertThat(ended.error()).as(ended.cause()).isEqualTo("RolledBack");
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 50, 75, 100, 0);
      assertThat(oldTargets).hasSize(5).allMatch(healthy -> healthy > 0);
      assertThat(world.service("backend-blue").desiredCount()).isEqualTo(2);
    }
  }

  private static long healthyOldTargets(StoryStack world) {
    return world.aws.elb().healthy(world.site.backend().blueGroupArn());
  }

  @Test
  void noAnswerIsARejectionAndTakesTheButtonsAway() throws Exception {
    try (StoryStack world = new StoryStack()) {
      world.answer(null);

      DescribeExecutionResponse ended =
          world.run(world.release(world.site.backend(), timeout(120)));

      assertThat(ended.error()).isEqualTo("RolledBack");
      assertThat(ended.cause()).isEqualTo("nobody answered within 120 s; no answer is a rejection");
      assertThat(world.question().actions()).isEmpty();
      assertThat(world.question().shown()).contains("nobody answered within 120 s");
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 50, 75, 100, 0);
    }
  }

  @Test
  void aClickAfterTheRollbackChangesNothing() throws Exception {
    try (StoryStack world = new StoryStack()) {
      world.answer(null);
      List<Message> asked = new ArrayList<>();
      StoryStack.SLACK.onMessage(
          message -> {
            if (!message.actions().isEmpty()) {
              asked.add(message);
            }
          });
      world.run(world.release(world.site.backend(), timeout(120)));
      long changes = world.changes();

      var answer =
          StoryStack.SLACK.click(asked.get(0), ApprovalChoice.APPROVED.actionId(), LocalSlack.ANN);

      assertThat(answer.ok()).isTrue();
      assertThat(StoryStack.SLACK.ephemeralMessages())
          .singleElement()
          .satisfies(message -> assertThat(message.text()).startsWith("Too late"));
      assertThat(world.changes()).isEqualTo(changes);
      assertThat(world.weights(world.site.backend())).endsWith(100, 0);
    }
  }

  @Test
  void aStrangersClickIsTurnedAwayAndTheReleaseGoesOnWaiting() throws Exception {
    try (StoryStack world = new StoryStack()) {
      world.answer(null);
      SlackUser stranger = new SlackUser("U0STRANGER1", "ann");
      String execution = world.stack.start("strange", world.release());
      Await.until("somebody is asked", () -> !world.stack.states().pendingTokens().isEmpty());
      world.awaitQuestion();

      StoryStack.SLACK.click(world.question(), ApprovalChoice.APPROVED.actionId(), stranger);

      assertThat(StoryStack.SLACK.ephemeralMessages())
          .singleElement()
          .satisfies(message -> assertThat(message.text()).startsWith("You may not decide this"));
      assertThat(world.stack.states().pendingTokens()).hasSize(1);
      StoryStack.SLACK.click(world.question(), ApprovalChoice.APPROVED.actionId(), LocalSlack.BEN);
      assertThat(world.stack.await(execution).output()).contains("approved by ben");
    }
  }

  @Test
  void aClickOnAQuestionThatIsNotStoredAnyMoreDecidesNothing() throws Exception {
    try (StoryStack world = new StoryStack()) {
      world.answer(null);
      String execution = world.stack.start("forgotten", world.release());
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

      StoryStack.SLACK.click(world.question(), ApprovalChoice.APPROVED.actionId(), LocalSlack.ANN);

      assertThat(StoryStack.SLACK.ephemeralMessages())
          .singleElement()
          .satisfies(
              message -> assertThat(message.text()).startsWith("This question is not known"));
      assertThat(world.stack.states().pendingTokens()).hasSize(1);
      world.stack.states().stopExecution(r -> r.executionArn(execution));
    }
  }

  @Test
  void afterAnAlarmThatFiredSinceTheLastLookNobodyIsAsked() throws Exception {
    try (StoryStack world = new StoryStack()) {
      String gauge = world.gauge();
      world.onState("RequestApproval", () -> world.blip(gauge));

      DescribeExecutionResponse ended =
          world.run(world.release(world.site.backend(), ", \"alarms\": [\"" + gauge + "\"]"));

      assertThat(ended.error()).isEqualTo("RolledBack");
      assertThat(ended.cause()).contains("gauge went to ALARM at").endsWith("and is OK");
      assertThat(StoryStack.SLACK.clicks()).isEmpty();
      assertThat(StoryStack.SLACK.messages()).singleElement().matches(m -> m.actions().isEmpty());
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 50, 75, 100, 0);
    }
  }

  @Test
  void anAlarmThatFiresAndClearsWhileTheOldVersionDrainsOutweighsTheApproval() throws Exception {
    try (StoryStack world = new StoryStack()) {
      String gauge = world.gauge();
      world.onState("CheckDrain", () -> world.blip(gauge));

      DescribeExecutionResponse ended =
          world.run(world.release(world.site.backend(), ", \"alarms\": [\"" + gauge + "\"]"));

      assertThat(ended.error()).isEqualTo("RolledBack");
      assertThat(ended.cause()).contains("gauge went to ALARM at").endsWith("and is OK");
      assertThat(StoryStack.SLACK.clicks()).isNotEmpty();
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 50, 75, 100, 0);
    }
  }

  @Test
  void aReleaseThatSaysSkipAsksNobodyAndKeepsThatOnRecord() throws Exception {
    try (StoryStack world = new StoryStack()) {
      DescribeExecutionResponse ended =
          world.run(world.release(world.site.backend(), ", \"approval\": \"skip\""));

      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(ended.output()).contains("nobody is asked: the input says approval skip");
      assertThat(StoryStack.SLACK.clicks()).isEmpty();
      assertThat(StoryStack.SLACK.messages()).singleElement().matches(m -> m.actions().isEmpty());
    }
  }

  @Test
  void aQuestionThatCannotBeAskedRollsBackAndSaysWhy() throws Exception {
    try (StoryStack world = new StoryStack()) {
      StoryStack.SLACK.refuse("channel_not_found", 20);

      DescribeExecutionResponse ended = world.run(world.release());

      assertThat(ended.error()).isEqualTo("RolledBack");
      assertThat(ended.cause()).isEqualTo("Slack answered channel_not_found to chat.postMessage");
      assertThat(world.notices()).hasSize(1);
      StoryStack.SLACK.refuse("channel_not_found", 0);
    }
  }

  @Test
  void aRotatedTokenIsReadAgain() throws Exception {
    try (StoryStack world = new StoryStack()) {
      assertThat(world.run(world.release()).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
      StoryStack.SLACK.rotateBotToken();
      world.aws.secrets().store(LocalSlack.SECRET_NAME, StoryStack.SLACK.botSecret());

      DescribeExecutionResponse second = world.run(world.nextRelease());

      assertThat(second.status()).as(second.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }
  }

  private static String timeout(int seconds) {
    return ", \"approval\": {\"timeoutSeconds\": %d}".formatted(seconds);
  }
}
