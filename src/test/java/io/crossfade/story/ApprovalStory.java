package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.approval.ApprovalChoice;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.slack.LocalSlack;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** A person decides at 100 %, on the packaged functions and by way of the HTTP API. */
class ApprovalStory {
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
          world.run(world.release(world.site.backend(), StoryStack.timeout(120)));

      assertThat(ended.error()).isEqualTo("RolledBack");
      assertThat(ended.cause()).isEqualTo("nobody answered within 120 s; no answer is a rejection");
      assertThat(world.question().actions()).isEmpty();
      assertThat(world.question().shown()).contains("nobody answered within 120 s");
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 50, 75, 100, 0);
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
      assertThat(StoryStack.SLACK.messages()).noneMatch(StoryStack::asks);
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
      world.awaitClicks();
      assertThat(StoryStack.SLACK.clicks()).isNotEmpty();
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 50, 75, 100, 0);
    }
  }

  @Test
  void aReleaseThatSaysSkipAsksNobodyAndKeepsThatOnRecord() throws Exception {
    try (StoryStack world = new StoryStack()) {
      DescribeExecutionResponse ended =
          world.run(
              StoryStack.inOneStep(
                  world.release(world.site.backend(), ", \"approval\": \"skip\"")));

      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(ended.output()).contains("nobody is asked: the release skips approval");
      assertThat(StoryStack.SLACK.clicks()).isEmpty();
      assertThat(StoryStack.SLACK.messages()).noneMatch(StoryStack::asks);
    }
  }

  @Test
  void whereNobodyCanBeAskedNothingIsTouched() throws Exception {
    try (StoryStack world = new StoryStack()) {
      StoryStack.SLACK.removeBot();

      DescribeExecutionResponse ended = world.run(world.release());

      assertThat(ended.error()).isEqualTo("Refused");
      assertThat(ended.cause())
          .isEqualTo(
              "nobody can be asked for approval: Slack answered not_in_channel to chat.postMessage");
      assertThat(world.changes()).isZero();
      assertThat(world.weights(world.site.backend())).containsExactly(0);
      assertThat(world.notices()).hasSize(1);
    }
  }

  @Test
  void slackThatIsDownForGoodIsARefusal() throws Exception {
    try (StoryStack world = new StoryStack()) {
      StoryStack.SLACK.outage(20);

      DescribeExecutionResponse ended = world.run(world.release());

      assertThat(ended.error()).isEqualTo("Refused");
      assertThat(ended.cause()).isEqualTo("Slack answered HTTP 503 to chat.postMessage");
      assertThat(world.changes()).isZero();
    }
  }

  @Test
  void whoIsNotAskedIsReleasedWithoutSlack() throws Exception {
    try (StoryStack world = new StoryStack()) {
      StoryStack.SLACK.outage(1000);

      DescribeExecutionResponse ended =
          world.run(
              StoryStack.inOneStep(
                  world.release(world.site.backend(), ", \"approval\": \"skip\"")));

      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(StoryStack.SLACK.messages()).isEmpty();
    }
  }

  @Test
  void aQuestionThatCannotBeAskedRollsBackAndSaysWhy() throws Exception {
    try (StoryStack world = new StoryStack()) {
      world.onState("RequestApproval", () -> StoryStack.SLACK.refuse("channel_not_found", 20));

      DescribeExecutionResponse ended = world.run(StoryStack.inOneStep(world.release()));

      assertThat(ended.error()).isEqualTo("RolledBack");
      assertThat(ended.cause()).isEqualTo("Slack answered channel_not_found to chat.postMessage");
      assertThat(world.notices()).hasSize(1);
      StoryStack.SLACK.refuse("channel_not_found", 0);
    }
  }
}
