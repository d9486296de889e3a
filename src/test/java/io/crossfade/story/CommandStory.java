package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.localaws.iam.IamUser;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.rehearsal.CommandClient;
import io.crossfade.rehearsal.CommandClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.StateEnteredEventDetails;

/** People who act on a release, on the packaged functions and by way of the HTTP API. */
class CommandStory {
  private static final String ANN = "arn:aws:iam::123456789012:user/ann";

  /** Whose first call has started the function, so that no later one waits for that. */
  private static CommandClient person(StoryStack world, IamUser user) {
    world.stack.users().add(user);
    CommandClient person = new CommandClient(world.stack.commandUrl(), user);
    person.send(Map.of());
    return person;
  }

  private static CommandClient ann(StoryStack world) {
    return person(world, IamUser.commanding("ann"));
  }

  /** A release whose steps bake so long. */
  private static String baking(StoryStack world, int seconds, String more) {
    return world
        .release(world.site.backend(), more)
        .replace("\"bakeSeconds\": 30", "\"bakeSeconds\": " + seconds);
  }

  /** A release whose first step bakes for hours, far beyond anybody's patience. */
  private static String bakingForHours(StoryStack world) {
    return world.release().replaceFirst("\"bakeSeconds\": 30", "\"bakeSeconds\": 20000");
  }

  /** Whether that holds of the state that was entered last, and of what it was handed. */
  private static boolean last(
      StoryStack world, String execution, Predicate<StateEnteredEventDetails> holds) {
    return world
        .stack
        .states()
        .getExecutionHistory(r -> r.executionArn(execution).reverseOrder(true).maxResults(50))
        .events()
        .stream()
        .map(HistoryEvent::stateEnteredEventDetails)
        .filter(Objects::nonNull)
        .findFirst()
        .filter(holds)
        .isPresent();
  }

  private static void awaitState(StoryStack world, String execution, String state) {
    Await.until(
        "the release is in " + state,
        () -> last(world, execution, entered -> entered.name().equals(state)));
  }

  private static void awaitPause(StoryStack world, String execution) {
    Await.until(
        "the release is held",
        () ->
            last(
                world,
                execution,
                entered -> entered.input().contains("is paused by " + ANN + ": slow")));
  }

  @Test
  void aPauseHoldsOverTwoBakesAndAnAlarmStillTurnsItBack() throws Exception {
    try (StoryStack world = new StoryStack()) {
      CommandClient ann = ann(world);
      String gauge = world.gauge();
      AtomicReference<Answer> pause = new AtomicReference<>();
      world.onFirst("Bake", () -> pause.set(ann.give("pause", "paused", "slow")));
      String execution =
          world.stack.start("paused", baking(world, 60, ", \"alarms\": [\"" + gauge + "\"]"));

      awaitPause(world, execution);
      assertThat(pause.get().status()).isEqualTo(202);
      Instant twoBakesLater = world.aws.clock().now().plusSeconds(120);
      Await.until("two bakes are over", () -> world.aws.clock().now().isAfter(twoBakesLater));
      awaitPause(world, execution);
      List<Integer> held = world.weights(world.site.backend());
      world.breach(gauge);
      DescribeExecutionResponse ended = world.stack.await(execution);

      assertThat(ended.error()).as(ended.cause()).isEqualTo("RolledBack");
      assertThat(ended.cause()).containsPattern(StoryStack.fired(gauge));
      assertThat(held).containsExactly(0, 25);
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 0);
    }
  }

  @Test
  void aPausedReleaseGoesOnOnceItIsContinued() throws Exception {
    try (StoryStack world = new StoryStack()) {
      CommandClient ann = ann(world);
      world.onFirst("Bake", () -> ann.give("pause", "continued", "slow"));
      String execution = world.stack.start("continued", baking(world, 60, ""));
      awaitPause(world, execution);

      Answer twice = ann.give("pause", "continued", "slow");
      assertThat(twice.message()).isEqualTo("no pause: the release is paused already");
      assertThat(ann.give("continue", "continued", "the network").status()).isEqualTo(202);
      DescribeExecutionResponse ended = world.stack.await(execution);

      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(ended.output())
          .contains("pause by " + ANN + ": slow", "continue by " + ANN + ": the network");
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 50, 75, 100);
      assertThat(ann.give("rollback", "continued", "too late").message())
          .isEqualTo("no rollback: the release is over");
    }
  }

  @Test
  void aPromotionSkipsTheRestOfOneBake() throws Exception {
    try (StoryStack world = new StoryStack()) {
      CommandClient ann = ann(world);
      String execution = world.stack.start("promoted", bakingForHours(world));
      awaitState(world, execution, "Bake");

      assertThat(ann.promote("promoted", 25, "it is fine").status()).isEqualTo(202);
      DescribeExecutionResponse ended = world.stack.await(execution);

      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(ended.output()).contains("promote by " + ANN + ": it is fine");
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 50, 75, 100);
    }
  }

  @Test
  void aRollbackDuringABakePutsEverythingBackAndSaysWhose() throws Exception {
    try (StoryStack world = new StoryStack()) {
      CommandClient ann = ann(world);
      String execution = world.stack.start("taken-back", bakingForHours(world));
      awaitState(world, execution, "Bake");

      assertThat(ann.give("rollback", "taken-back", "slow").status()).isEqualTo(202);
      DescribeExecutionResponse ended = world.stack.await(execution);

      assertThat(ended.error()).isEqualTo("RolledBack");
      assertThat(ended.cause()).isEqualTo("rollback by " + ANN + ": slow");
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 0);
    }
  }

  @Test
  void aRollbackEndsTheQuestionAndItsButtons() throws Exception {
    try (StoryStack world = new StoryStack()) {
      world.answer(null);
      CommandClient ann = ann(world);
      String execution = world.stack.start("asked", StoryStack.inOneStep(world.release()));
      world.awaitQuestion();

      assertThat(ann.give("rollback", "asked", "slow").status()).isEqualTo(202);
      DescribeExecutionResponse ended = world.stack.await(execution);

      assertThat(ended.error()).isEqualTo("RolledBack");
      assertThat(ended.cause()).isEqualTo("rollback by " + ANN + ": slow");
      assertThat(world.question().actions()).isEmpty();
      assertThat(world.weights(world.site.backend())).containsExactly(0, 100, 0);
    }
  }

  @Test
  void aRollbackWhileTheOldVersionDrainsOutweighsTheApproval() throws Exception {
    try (StoryStack world = new StoryStack()) {
      CommandClient ann = ann(world);
      AtomicReference<Answer> rollback = new AtomicReference<>();
      world.onFirst("Drain", () -> rollback.set(ann.give("rollback", "draining", "slow")));
      String execution = world.stack.start("draining", StoryStack.inOneStep(world.release()));

      DescribeExecutionResponse ended = world.stack.await(execution);
      assertThat(rollback.get().status()).isEqualTo(202);

      assertThat(ended.error()).as(ended.cause()).isEqualTo("RolledBack");
      assertThat(ended.cause()).isEqualTo("rollback by " + ANN + ": slow");
      assertThat(world.weights(world.site.backend())).containsExactly(0, 100, 0);
    }
  }

  /** Nothing else than a lost target makes the machine wait there. */
  @Test
  void aRollbackWhileTargetsAreMissingBeforeTheFirstStepIsNotKeptWaiting() throws Exception {
    try (StoryStack world = new StoryStack()) {
      CommandClient ann = ann(world);
      world.ecsLeavesUnhealthyTasksAlone("backend-green");
      List<Answer> answers = new CopyOnWriteArrayList<>();
      world.onFirst("ShiftTraffic", world::loseATarget);
      world.onFirst(
          "WaitForCapacity",
          () -> {
            answers.add(ann.give("pause", "short", "slow"));
            answers.add(ann.give("rollback", "short", "slow"));
          });
      DescribeExecutionResponse ended =
          world.stack.await(world.stack.start("short", world.release()));

      assertThat(answers.get(0).message())
          .isEqualTo("no pause: the new version has no traffic yet, so there is no step to hold");
      assertThat(answers.get(1).status()).isEqualTo(202);
      assertThat(ended.error()).isEqualTo("RolledBack");
      assertThat(ended.cause()).isEqualTo("rollback by " + ANN + ": slow");
      assertThat(world.weights(world.site.backend())).containsExactly(0);
      world.bringTheTargetBack();
    }
  }

  @Test
  void whoMayNotIsRefusedAndChangesNothing() throws Exception {
    try (StoryStack world = new StoryStack()) {
      CommandClient stranger = person(world, IamUser.of("eve", "lambda:InvokeFunction", "*"));
      AtomicReference<Answer> refused = new AtomicReference<>();
      world.onFirst("Bake", () -> refused.set(stranger.give("rollback", "guarded", "mischief")));

      DescribeExecutionResponse ended =
          world.stack.await(world.stack.start("guarded", world.release()));

      assertThat(refused.get()).isEqualTo(new Answer(403, "Forbidden"));
      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(world.isStored("deployments/guarded/command.json")).isFalse();
    }
  }

  @Test
  void ofTwoCommandsAtOnceOneWinsAndTheOtherIsTold() throws Exception {
    try (StoryStack world = new StoryStack()) {
      CommandClient ann = ann(world);
      CommandClient ben = person(world, IamUser.commanding("ben"));
      String execution = world.stack.start("contested", bakingForHours(world));
      awaitState(world, execution, "Bake");

      List<Answer> answers =
          Stream.of(ann, ben)
              .map(
                  who ->
                      CompletableFuture.supplyAsync(() -> who.give("pause", "contested", "slow")))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();

      assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(202, 409);
      assertThat(ann.give("rollback", "contested", "enough").status()).isEqualTo(202);
      assertThat(world.stack.await(execution).error()).isEqualTo("RolledBack");
    }
  }

  @Test
  void nothingIsReleasedWhileTheRuleIsFrozen() throws Exception {
    try (StoryStack world = new StoryStack()) {
      CommandClient ann = ann(world);
      String rule = world.site.backend().ruleArn();
      String until = world.aws.clock().now().plus(Duration.ofDays(1)).toString();
      Answer frozen =
          ann.send(Map.of("command", "freeze", "rule", rule, "until", until, "why", "dinner"));
      assertThat(frozen.status()).as(frozen.message()).isEqualTo(200);

      DescribeExecutionResponse ended = world.run(world.release());

      assertThat(ended.error()).isEqualTo("Refused");
      assertThat(ended.cause())
          .startsWith("%s is frozen until %s by %s: dinner".formatted(rule, until, ANN));
      assertThat(world.changes()).isZero();

      ann.send(Map.of("command", "unfreeze", "rule", rule, "why", "over"));
      assertThat(world.run(StoryStack.inOneStep(world.release())).status())
          .isEqualTo(ExecutionStatus.SUCCEEDED);
    }
  }
}
