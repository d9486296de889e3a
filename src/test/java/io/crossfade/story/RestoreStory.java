package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.approval.ApprovalChoice;
import io.crossfade.localaws.faults.Fault;
import io.crossfade.localaws.faults.FaultRule;
import io.crossfade.localaws.faults.Faults;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** An execution is stopped half way, and a person starts one that takes its deployment up. */
class RestoreStory {
  private static final String RESTORE = "{\"restore\": \"%s\"}";

  @Test
  void aReleaseThatWasStoppedHalfWayIsPutBackByItsId() throws Exception {
    try (StoryStack world = new StoryStack()) {
      world.guardianSleeps();
      List<Action> before = world.actions(world.site.backend().ruleArn());
      Service blue = world.service("backend-blue");
      Service green = world.service("backend-green");
      String scaling = world.aws.scaling().targets().toString();
      world.stopAtFiftyPercent("stopped");
      DescribeExecutionResponse refused = world.run(world.release());
      assertThat(refused.error()).isEqualTo("Refused");
      assertThat(refused.cause()).contains("start an execution with {\"restore\": \"stopped\"}");

      DescribeExecutionResponse restored = world.run(RESTORE.formatted("stopped"));

      assertThat(restored.error()).as(restored.cause()).isEqualTo("RolledBack");
      assertThat(restored.cause()).isEqualTo("a restore of stopped was started");
      assertThat(world.actions(world.site.backend().ruleArn())).isEqualTo(before);
      assertThat(world.service("backend-blue").taskDefinition()).isEqualTo(blue.taskDefinition());
      assertThat(world.service("backend-blue").desiredCount()).isEqualTo(blue.desiredCount());
      assertThat(world.service("backend-green").taskDefinition()).isEqualTo(green.taskDefinition());
      assertThat(world.service("backend-green").desiredCount()).isZero();
      assertThat(world.aws.scaling().targets().toString()).isEqualTo(scaling);

      long changes = world.changes();
      DescribeExecutionResponse again = world.run(RESTORE.formatted("stopped"));
      assertThat(again.error()).as(again.cause()).isEqualTo("RolledBack");
      assertThat(world.changes()).isEqualTo(changes);

      DescribeExecutionResponse next =
          world.run(world.release(world.site.backend(), ", \"approval\": \"skip\""));
      assertThat(next.status()).as(next.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }
  }

  @Test
  void aRollbackThatFailsTurnsTheTrafficAndTellsWhatItLeft() throws Exception {
    try (StoryStack world = new StoryStack();
        Faults faults = new Faults(world.aws.gateway(), world.stack.identities(), function -> {})) {
      world.answer(ApprovalChoice.REJECTED);
      faults.inject(
          FaultRule.of(Fault.FAIL_BEFORE, "ecs:UpdateService").by("RollbackFunction").always());

      DescribeExecutionResponse ended = world.run(world.release());

      assertThat(ended.error()).isEqualTo("RestoreIncomplete");
      assertThat(ended.cause())
          .contains("; not restored: ")
          .contains("backend-green's desired count was 0, is 2")
          .doesNotContain("the rule was", "scaling was");
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 50, 75, 100, 0);
      assertThat(world.notices()).contains("Crossfade: backend ACT NOW: not restored");
    }
  }

  @Test
  void aDeploymentThatNobodyKnowsCannotBeRestored() throws Exception {
    try (StoryStack world = new StoryStack()) {
      long changes = world.changes();
      DescribeExecutionResponse ended = world.run(RESTORE.formatted("nobody"));
      assertThat(ended.error()).isEqualTo("Refused");
      assertThat(ended.cause())
          .isEqualTo("no deployment \"nobody\" is stored, so there is nothing to go back to");
      assertThat(world.changes()).isEqualTo(changes);
    }
  }

  @Test
  void onceScaleInHasBegunTheWayOutIsForward() throws Exception {
    try (StoryStack world = new StoryStack()) {
      world.guardianSleeps();
      world.stopOnce(() -> world.isStored("deployments/stopped/finishing.json"), "stopped");

      DescribeExecutionResponse ended = world.run(RESTORE.formatted("stopped"));

      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 50, 75, 100);
      assertThat(world.service("backend-green").desiredCount()).isEqualTo(2);
      assertThat(world.service("backend-blue").desiredCount()).isZero();
      assertThat(world.notices()).containsExactly("Crossfade: backend released");
    }
  }
}
