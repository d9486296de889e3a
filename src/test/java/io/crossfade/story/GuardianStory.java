package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.localaws.faults.Fault;
import io.crossfade.localaws.faults.FaultRule;
import io.crossfade.localaws.faults.Faults;
import io.crossfade.localaws.sdk.Await;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Nobody does anything, and it ends well; or else somebody is called. */
class GuardianStory {
  private static final String GIVEN_UP =
      "Crossfade: backend ACT NOW: not restored, nothing more is tried";

  @Test
  void anExecutionThatIsStoppedHalfWayIsPutBackWithoutAnybody() throws Exception {
    try (StoryStack world = new StoryStack()) {
      world.stack.events().deliverTwice(true);
      List<Action> before = world.actions(world.site.backend().ruleArn());
      Service blue = world.service("backend-blue");
      Service green = world.service("backend-green");
      String scaling = world.aws.scaling().targets().toString();

      world.stopAtFiftyPercent("stopped");
      DescribeExecutionResponse restored = restore(world, 1);

      assertThat(restored.error()).as(restored.cause()).isEqualTo("RolledBack");
      assertThat(restored.cause())
          .isEqualTo("stopped had ended half way; this is attempt 1 to restore it");
      assertThat(world.actions(world.site.backend().ruleArn())).isEqualTo(before);
      assertThat(world.service("backend-blue").taskDefinition()).isEqualTo(blue.taskDefinition());
      assertThat(world.service("backend-blue").desiredCount()).isEqualTo(blue.desiredCount());
      assertThat(world.service("backend-green").taskDefinition()).isEqualTo(green.taskDefinition());
      assertThat(world.service("backend-green").desiredCount()).isZero();
      assertThat(world.aws.scaling().targets().toString()).isEqualTo(scaling);
      world.stack.events().drain();
      assertThat(names(world)).containsExactly("stopped", "stopped-restore-1");
      assertThat(world.notices())
          .containsExactly("Crossfade: backend rolled back, everything is as it was");
      assertThat(world.run(world.release()).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }
  }

  @Test
  void anAlarmThatFiresWhileApprovalIsPendingRollsBackAtOnce() throws Exception {
    try (StoryStack world = new StoryStack()) {
      world.answer(null);
      String gauge = world.gauge();
      String execution =
          world.stack.start(
              "asking", world.release(world.site.backend(), ", \"alarms\": [\"" + gauge + "\"]"));
      Await.until(
          "the question is there", () -> world.isStored("deployments/asking/approval.json"));
      assertThat(world.question().actions()).hasSize(2);

      world.breach(gauge);
      DescribeExecutionResponse ended = world.stack.await(execution);
      world.stack.events().drain();

      assertThat(ended.error()).isEqualTo("RolledBack");
      assertThat(ended.cause())
          .isEqualTo("rejected: the alarm gauge fired while the release waited for an answer");
      assertThat(world.question().actions()).isEmpty();
      // The alarm's own message and the release's last one may come in either order.
      Await.until(
          "the question says which alarm",
          () -> world.question().updates().toString().contains("by the alarm `gauge`"));
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 50, 75, 100, 0);
      assertThat(world.service("backend-green").desiredCount()).isZero();
      assertThat(names(world)).containsExactly("asking");
    }
  }

  @Test
  void aRestoreThatKeepsFailingCallsAPersonAfterThreeAttemptsAndStops() throws Exception {
    try (StoryStack world = new StoryStack();
        Faults faults = new Faults(world.aws.gateway(), world.stack.identities(), function -> {})) {
      faults.inject(
          FaultRule.of(Fault.FAIL_BEFORE, "s3:GetObject").by("BeginRestoreFunction").always());

      world.stopAtFiftyPercent("stopped");

      for (int attempt = 1; attempt <= 3; attempt++) {
        assertThat(restore(world, attempt).error()).isEqualTo("RestoreIncomplete");
      }
      Await.until("a person is called", () -> world.notices().contains(GIVEN_UP));
      world.stack.events().drain();
      assertThat(names(world))
          .containsExactly(
              "stopped", "stopped-restore-1", "stopped-restore-2", "stopped-restore-3");
      assertThat(world.notices())
          .containsExactly(
              "Crossfade: stopped-restore-1 ACT NOW: not restored",
              "Crossfade: stopped-restore-2 ACT NOW: not restored",
              "Crossfade: stopped-restore-3 ACT NOW: not restored",
              GIVEN_UP);

      faults.clear();
      DescribeExecutionResponse byHand = world.run("{\"restore\": \"stopped\"}");
      assertThat(byHand.error()).as(byHand.cause()).isEqualTo("RolledBack");
    }
  }

  private static DescribeExecutionResponse restore(StoryStack world, int attempt) throws Exception {
    String name = "stopped-restore-" + attempt;
    Await.until(name + " is started", () -> execution(world, name).isPresent());
    return world.stack.await(execution(world, name).orElseThrow());
  }

  private static Optional<String> execution(StoryStack world, String name) {
    return executions(world).stream()
        .filter(item -> item.name().equals(name))
        .map(ExecutionListItem::executionArn)
        .findFirst();
  }

  private static List<String> names(StoryStack world) {
    return executions(world).stream().map(ExecutionListItem::name).sorted().toList();
  }

  private static List<ExecutionListItem> executions(StoryStack world) {
    return world
        .stack
        .states()
        .listExecutions(r -> r.stateMachineArn(world.stack.stateMachineArn()))
        .executions();
  }
}
