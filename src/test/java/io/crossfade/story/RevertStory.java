package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.command.CommandButtons;
import io.crossfade.localaws.iam.IamUser;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.slack.LocalSlack;
import io.crossfade.localaws.slack.Message;
import io.crossfade.rehearsal.CommandClient;
import io.crossfade.rehearsal.CommandClient.Answer;
import io.crossfade.rehearsal.Visitors;
import io.crossfade.site.BookingSite;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** A release that has ended is taken back, on the packaged functions. */
class RevertStory {
  private static final String BUILT = ", \"createdAt\": \"2026-01-31T12:00:00Z\"";

  private static String firstRelease(StoryStack world) {
    return StoryStack.inOneStep(world.release(world.site.backend(), BUILT));
  }

  private static void released(StoryStack world, String name, String input) throws Exception {
    DescribeExecutionResponse ended = world.stack.await(world.stack.start(name, input));
    assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  private static String revert(String deployment) {
    return revert(deployment, "");
  }

  private static String revert(String deployment, String more) {
    return """
        {"revert": "%s", "why": "slow", "by": "ann",
         "steps": [{"weight": 100, "bakeSeconds": 30}]%s}"""
        .formatted(deployment, more);
  }

  /** What a release changes, in a form that can be compared. */
  private record Seen(List<Action> rule, List<String> services, String scaling) {
    static Seen of(StoryStack world) {
      world.aws.scaling().settle();
      BookingSite.Application backend = world.site.backend();
      return new Seen(
          world.actions(backend.ruleArn()),
          List.of(told(world.service("backend-blue")), told(world.service("backend-green"))),
          world.aws.scaling().targets().toString());
    }

    private static String told(Service service) {
      return "%d of %s".formatted(service.desiredCount(), service.taskDefinition());
    }
  }

  @Test
  void aReleaseIsTakenBackUnderVisitorsByACommand() throws Exception {
    try (StoryStack world = new StoryStack();
        Visitors visitors = world.visitors(10)) {
      IamUser user = IamUser.commanding("ann");
      world.stack.users().add(user);
      CommandClient ann = new CommandClient(world.stack.commandUrl(), user);
      Seen before = Seen.of(world);
      visitors.start();
      released(world, "first", firstRelease(world));
      long registered = registered(world);

      Answer answer = ann.give("revert", "first", "slow");
      assertThat(answer.status()).as(answer.message()).isEqualTo(202);
      String execution =
          world.stack.stateMachineArn().replace(":stateMachine:", ":execution:")
              + ":first-revert-1";
      DescribeExecutionResponse ended = world.stack.await(execution);
      visitors.stop();

      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(ended.output()).contains("revert of first by arn:aws:iam::");
      assertThat(visitors.report(world.images.orders()).failed()).isZero();
      assertThat(world.weights(world.site.backend())).containsExactly(0, 100, 0);
      assertThat(Seen.of(world).scaling()).isEqualTo(before.scaling());
      Service blue = world.service("backend-blue");
      assertThat(blue.taskDefinition()).isEqualTo(world.site.backend().definition());
      assertThat(blue.desiredCount()).isEqualTo(2);
      assertThat(world.service("backend-green").desiredCount()).isZero();
      assertThat(registered(world)).isEqualTo(registered);
      assertThat(world.notices())
          .containsExactly(
              "Crossfade: backend released", "Crossfade: backend (revert of first) released");

      Answer again = ann.give("revert", "first", "slow");
      assertThat(again.message()).isEqualTo("no revert: first was taken back by first-revert-1");
      aBuildThatWasTakenBackIsRefusedAndANewerOneIsNot(world);
    }
  }

  private static long registered(StoryStack world) {
    return world.calls().getOrDefault("ecs:RegisterTaskDefinition", 0L);
  }

  private static void aBuildThatWasTakenBackIsRefusedAndANewerOneIsNot(StoryStack world)
      throws Exception {
    DescribeExecutionResponse retried = world.run(firstRelease(world));
    assertThat(retried.error()).isEqualTo("Refused");
    assertThat(retried.cause())
        .startsWith("first-revert-1 has taken first (")
        .endsWith("override older-build with a reason to release it");

    String newer = StoryStack.inOneStep(world.nextRelease());
    released(world, "newer", newer.replaceFirst("}$", BUILT.replace(":00Z", ":01Z") + "}"));
  }

  @Test
  void aReleaseIsNotTakenBackOnceAnotherCameAfterIt() throws Exception {
    try (StoryStack world = new StoryStack()) {
      released(world, "first", firstRelease(world));
      released(world, "second", StoryStack.inOneStep(world.nextRelease()));
      Seen before = Seen.of(world);

      DescribeExecutionResponse ended = world.run(revert("first"));

      assertThat(ended.error()).isEqualTo("Refused");
      assertThat(ended.cause())
          .startsWith("the last release of this rule is not first but second (");
      assertThat(Seen.of(world)).isEqualTo(before);
      released(world, "back", revert("second"));
    }
  }

  @Test
  void aParkedSideThatWasChangedByHandIsNotGoneBackTo() throws Exception {
    try (StoryStack world = new StoryStack()) {
      released(world, "first", firstRelease(world));
      String live = world.service("backend-green").taskDefinition();
      world
          .aws
          .ecs()
          .updateService(
              r -> r.cluster(world.site.cluster()).service("backend-blue").taskDefinition(live));

      DescribeExecutionResponse ended = world.run(revert("first"));

      assertThat(ended.error()).isEqualTo("Refused");
      assertThat(ended.cause())
          .isEqualTo(
              "backend-blue is parked on %s, and not on %s, which first replaced"
                  .formatted(live, world.site.backend().definition()));
      assertThat(world.weights(world.site.backend())).containsExactly(0, 100);
    }
  }

  @Test
  void anAlarmOfTheVersionBeforeThatFiresPutsTheNewOneBackAsItWas() throws Exception {
    try (StoryStack world = new StoryStack()) {
      String alarm = "backend-blue-5xx";
      released(world, "first", firstRelease(world));
      Seen before = Seen.of(world);
      AtomicBoolean fired = new AtomicBoolean();
      world.atShare(
          0,
          () -> {
            if (fired.compareAndSet(false, true)) {
              world.aws.cloudWatch().blip(alarm, Duration.ofMinutes(2));
            }
          });

      DescribeExecutionResponse ended = world.run(revert("first"));

      assertThat(ended.error()).as(ended.cause()).isEqualTo("RolledBack");
      assertThat(ended.cause()).containsPattern(StoryStack.fired(alarm));
      assertThat(world.weights(world.site.backend())).containsExactly(0, 100, 0, 100);
      assertThat(Seen.of(world)).isEqualTo(before);
      assertThat(world.notices())
          .contains("Crossfade: backend (revert of first) rolled back, everything is as it was");
    }
  }

  /** Between the plan and the shift the version that is taken back has all traffic, and fails. */
  @Test
  void whatTheVersionDoesThatIsTakenBackTurnsNoRevertBack() throws Exception {
    try (StoryStack world = new StoryStack()) {
      String gauge = world.gauge();
      String named = BUILT + ", \"alarms\": [\"" + gauge + "\"]";
      released(world, "first", StoryStack.inOneStep(world.release(world.site.backend(), named)));
      AtomicBoolean fired = new AtomicBoolean();
      world.onState(
          "ShiftTraffic",
          () -> {
            if (fired.compareAndSet(false, true)) {
              world.aws.cloudWatch().blip(gauge, Duration.ofSeconds(60));
            }
          });

      released(world, "back", revert("first"));

      assertThat(world.weights(world.site.backend())).containsExactly(0, 100, 0);
    }
  }

  @Test
  void aRevertThatIsStoppedIsPutBackWithoutAnybody() throws Exception {
    try (StoryStack world = new StoryStack()) {
      released(world, "first", firstRelease(world));
      Seen before = Seen.of(world);
      AtomicBoolean stopped = new AtomicBoolean();
      String execution =
          world.stack.stateMachineArn().replace(":stateMachine:", ":execution:") + ":back";
      world.onState(
          "Bake",
          () -> {
            if (world.weights(world.site.backend()).equals(List.of(0, 100, 0))
                && stopped.compareAndSet(false, true)) {
              world.stack.states().stopExecution(r -> r.executionArn(execution));
            }
          });

      world.stack.start("back", revert("first"));
      DescribeExecutionResponse ended = world.stack.awaitWithRestores(execution);

      assertThat(stopped).isTrue();
      assertThat(ended.executionArn()).endsWith(":back-restore-1");
      assertThat(ended.error()).as(ended.cause()).isEqualTo("RolledBack");
      assertThat(Seen.of(world)).isEqualTo(before);
      released(world, "again", revert("first"));
    }
  }

  @Test
  void aRevertIsTakenBackLikeAnyRelease() throws Exception {
    try (StoryStack world = new StoryStack()) {
      released(world, "first", firstRelease(world));
      String live = world.service("backend-green").taskDefinition();
      released(world, "back", revert("first"));

      DescribeExecutionResponse twice = world.run(revert("first"));
      assertThat(twice.cause()).startsWith("the last release of this rule is not first but back (");
      released(world, "forward", revert("back"));

      assertThat(world.weights(world.site.backend())).containsExactly(0, 100, 0, 100);
      assertThat(world.service("backend-green").taskDefinition()).isEqualTo(live);
      assertThat(world.service("backend-blue").desiredCount()).isZero();
    }
  }

  /** The alarm of the version that is taken back, which fires before and all the time. */
  @Test
  void anAlarmThatFiresAlreadyKeepsNobodyFromGoingBack() throws Exception {
    try (StoryStack world = new StoryStack()) {
      String gauge = world.gauge();
      String named = BUILT + ", \"alarms\": [\"" + gauge + "\"]";
      released(world, "first", StoryStack.inOneStep(world.release(world.site.backend(), named)));
      world.aws.cloudWatch().blip(gauge, Duration.ofHours(10));
      world.awaitAlarm(gauge, StateValue.ALARM);

      released(world, "back", revert("first"));

      assertThat(world.weights(world.site.backend())).containsExactly(0, 100, 0);
    }
  }

  @Test
  void aButtonOfTheReleasesMessageTakesItBack() throws Exception {
    try (StoryStack world = new StoryStack()) {
      released(world, "first", firstRelease(world));
      Await.until(
          "the message has the button",
          () -> StoryStack.releaseMessage().actions().contains(CommandButtons.REVERT));
      Message message = StoryStack.releaseMessage();

      StoryStack.SLACK.click(message, CommandButtons.REVERT, LocalSlack.BEN);
      String execution =
          world.stack.stateMachineArn().replace(":stateMachine:", ":execution:")
              + ":first-revert-1";
      Await.until(
          "its execution has begun",
          () -> world.isStored("deployments/first-revert-1/snapshot.json"));
      DescribeExecutionResponse ended = world.stack.await(execution);

      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(ended.output())
          .contains("revert of first by U0LOCALBEN1 (ben): by button in Slack");
      assertThat(world.weights(world.site.backend())).containsExactly(0, 100, 0);
    }
  }

  @Test
  void aPersonIsAskedIfTheRevertSaysSo() throws Exception {
    try (StoryStack world = new StoryStack()) {
      released(world, "first", firstRelease(world));
      world.answer(null);
      String execution = world.stack.start("back", revert("first", StoryStack.timeout(86_400)));
      Await.until("it is asked", () -> world.isStored("deployments/back/approval.json"));
      assertThat(world.stack.states().pendingTokens()).hasSize(1);
      world.stack.states().stopExecution(r -> r.executionArn(execution));
      assertThat(world.stack.awaitWithRestores(execution).error()).isEqualTo("RolledBack");
    }
  }
}
