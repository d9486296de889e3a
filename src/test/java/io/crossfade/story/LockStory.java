package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.localaws.sdk.Await;
import io.crossfade.lock.S3LockStore;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** One deployment per rule, on the packaged functions. */
class LockStory {
  @Test
  void aSecondDeploymentOfTheSameRuleIsRefusedAndTheFirstGoesOn() throws Exception {
    try (StoryStack world = new StoryStack()) {
      AtomicReference<String> second = new AtomicReference<>();
      world.atShare(
          50, () -> second.compareAndSet(null, world.stack.start("second", world.release())));
      world.onFirst("RequestApproval", () -> world.stack.await(second.get()));

      DescribeExecutionResponse first = world.run(world.release());

      assertThat(first.status()).as(first.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 50, 75, 100);
      DescribeExecutionResponse refused = world.stack.await(second.get());
      assertThat(refused.error()).isEqualTo("Refused");
      assertThat(refused.cause())
          .startsWith("another deployment of this rule is running: story-1 (arn:aws:states:");
      assertThat(world.notices())
          .containsExactlyInAnyOrder(
              "Crossfade: second refused, nothing was changed", "Crossfade: backend released");
    }
  }

  @Test
  void theNextDeploymentTakesTheLockOfTheOneBefore() throws Exception {
    try (StoryStack world = new StoryStack()) {
      assertThat(world.run(world.release()).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(lock(world)).contains("\"released\":true", "\"deployment\":\"story-1\"");
      DescribeExecutionResponse second = world.run(world.nextRelease());
      assertThat(second.status()).as(second.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }
  }

  @Test
  void aDeploymentThatLostItsLockTouchesNothingMore() throws Exception {
    try (StoryStack world = new StoryStack()) {
      world.atShare(
          50,
          () ->
              world
                  .aws
                  .s3()
                  .put(
                      world.stack.stateBucket(),
                      S3LockStore.key(world.site.backend().ruleArn()),
                      lock(world).replace("story-1", "another").getBytes(StandardCharsets.UTF_8)));
      String execution = world.stack.start("story-1", world.release());
      Await.until(
          "half of the traffic is shifted",
          () ->
              world.weights(world.site.backend()).contains(50) && lock(world).contains("another"));
      long changes = world.changes();

      DescribeExecutionResponse ended = world.stack.await(execution);

      assertThat(ended.error()).isEqualTo("RestoreIncomplete");
      assertThat(ended.cause())
          .startsWith("story-1 no longer holds the lock of its rule: it is held by another")
          .endsWith("nothing more was touched");
      assertThat(world.changes()).isEqualTo(changes);
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 50);
      assertThat(world.service("backend-green").desiredCount()).isEqualTo(2);
      assertThat(world.notices()).containsExactly("Crossfade: backend ACT NOW: not restored");
      assertThat(lock(world)).contains("another").contains("\"released\":false");
    }
  }

  /** In the state itself nothing is changed any more; what follows it touches nothing either. */
  @ParameterizedTest
  @CsvSource({
    "RegisterTaskDefinition, RestoreIncomplete",
    "ResolveTargetGroup, RestoreIncomplete",
    "ScaleOut, RestoreIncomplete",
    "ShiftTraffic, RestoreIncomplete",
    "ScaleIn, Released"
  })
  void aLockThatIsGoneStopsWhateverChangesSomething(String state, String end) throws Exception {
    try (StoryStack world = new StoryStack()) {
      AtomicLong changes = new AtomicLong();
      AtomicBoolean ended = new AtomicBoolean();
      world.onState(end, () -> ended.set(true));
      world.onState(
          state,
          () -> {
            changes.compareAndSet(0, world.changes());
            world.aws.s3().deleteObject(lockOf(world));
          });

      world.run(world.release(world.site.backend(), ", \"approval\": \"skip\""));

      assertThat(ended).isTrue();
      assertThat(world.notices())
          .singleElement()
          .asString()
          .contains(end.equals("Released") ? "released" : "ACT NOW");
      assertThat(world.changes()).isEqualTo(changes.get());
    }
  }

  private static DeleteObjectRequest lockOf(StoryStack world) {
    return DeleteObjectRequest.builder()
        .bucket(world.stack.stateBucket())
        .key(S3LockStore.key(world.site.backend().ruleArn()))
        .build();
  }

  private static String lock(StoryStack world) {
    String key = S3LockStore.key(world.site.backend().ruleArn());
    return new String(
        world.aws.s3().get(world.stack.stateBucket(), key).orElseThrow(), StandardCharsets.UTF_8);
  }
}
