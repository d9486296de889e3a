package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.approval.ApprovalChoice;
import io.crossfade.rehearsal.Visitors;
import io.crossfade.site.Behaviour;
import io.crossfade.site.BookingSite;
import io.crossfade.site.SiteVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Whole releases on the packaged functions. */
class ReleaseStory {
  @Test
  void aGoodVersionGoesLiveStepByStep() throws Exception {
    try (StoryStack world = new StoryStack()) {
      DescribeExecutionResponse ended = world.run(world.release());

      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 50, 75, 100);
      world.aws.scaling().settle();
      Service green = world.service("backend-green");
      assertThat(green.desiredCount()).isEqualTo(2);
      assertThat(world.aws.ecs().runningTasks("site", "backend-green"))
          .hasSize(2)
          .allSatisfy(task -> assertThat(task.imageUri()).isEqualTo(StoryStack.NEW_IMAGE));
      assertThat(world.service("backend-blue").desiredCount()).isZero();
      assertThat(world.service("backend-blue").taskDefinition())
          .isEqualTo(world.site.backend().definition());
      assertThat(world.aws.scaling().targets())
          .filteredOn(target -> target.resourceId().contains("backend"))
          .extracting(
              target -> target.resourceId() + " " + target.minCapacity(),
              target -> target.suspendedState().dynamicScalingInSuspended())
          .containsExactlyInAnyOrder(
              org.assertj.core.groups.Tuple.tuple("service/site/backend-green 2", false),
              org.assertj.core.groups.Tuple.tuple("service/site/backend-blue 0", false));
      assertThat(world.notices()).containsExactly("Crossfade: backend released");
    }
  }

  /** Application Auto Scaling moves a service late, and whatever is suspended. */
  @ParameterizedTest
  @CsvSource({"APPROVED, 0, 2", "REJECTED, 2, 0"})
  void scalingMovesNoServiceWhoseCanaryMayHaveLessThanItNeeds(
      ApprovalChoice answer, int blue, int green) throws Exception {
    try (StoryStack world = new StoryStack()) {
      world.answer(answer);
      world
          .aws
          .scaling()
          .registerScalableTarget(
              r ->
                  r.serviceNamespace("ecs")
                      .scalableDimension("ecs:service:DesiredCount")
                      .resourceId("service/site/backend-green")
                      .maxCapacity(1));

      DescribeExecutionResponse ended = world.run(world.release());

      assertThat(world.weights(world.site.backend())).as(ended.cause()).contains(100);
      world.aws.scaling().settle();
      assertThat(world.service("backend-blue").desiredCount()).isEqualTo(blue);
      assertThat(world.service("backend-green").desiredCount()).isEqualTo(green);
      int max = answer == ApprovalChoice.APPROVED ? 6 : 1;
      assertThat(world.aws.scaling().targets())
          .filteredOn(target -> target.resourceId().endsWith("backend-green"))
          .singleElement()
          .extracting(ScalableTarget::maxCapacity)
          .isEqualTo(max);
    }
  }

  @Test
  void theNextReleaseGoesTheOtherWayRound() throws Exception {
    try (StoryStack world = new StoryStack()) {
      assertThat(world.run(world.release()).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
      DescribeExecutionResponse second = world.run(world.nextRelease());

      assertThat(second.status()).as(second.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(world.weights(world.site.backend()))
          .containsExactly(0, 25, 50, 75, 100, 75, 50, 25, 0);
      assertThat(world.service("backend-blue").desiredCount()).isEqualTo(2);
      assertThat(world.service("backend-green").desiredCount()).isZero();
    }
  }

  @Test
  void aVersionThatIsNeverHealthyIsTakenBackBeforeItGetsTraffic() throws Exception {
    SiteVersion sick = new SiteVersion("backend-2", Behaviour.NEVER_HEALTHY);
    try (StoryStack world = new StoryStack(sick)) {
      List<Action> before = world.actions(world.site.backend().ruleArn());
      Service green = world.service("backend-green");

      DescribeExecutionResponse ended = world.run(world.release());

      assertThat(ended.error()).isEqualTo("RolledBack");
      assertThat(ended.cause()).contains("failed to start or to pass their health check");
      assertThat(world.weights(world.site.backend())).containsExactly(0);
      assertThat(world.actions(world.site.backend().ruleArn())).isEqualTo(before);
      assertThat(world.service("backend-green").desiredCount()).isZero();
      assertThat(world.service("backend-green").taskDefinition()).isEqualTo(green.taskDefinition());
      assertThat(world.notices())
          .containsExactly("Crossfade: backend rolled back, everything is as it was");
    }
  }

  /** Health checks are good, and no answer is an error: no alarm of a target group sees it. */
  @Test
  void aVersionThatNeverAnswersIsTurnedBack() throws Exception {
    SiteVersion hanging = new SiteVersion("backend-2", Behaviour.HANGS);
    try (StoryStack world = new StoryStack(hanging);
        Visitors visitors = world.visitors(40)) {
      visitors.start();

      DescribeExecutionResponse ended =
          world.run(
              world.release().replace("25, \"bakeSeconds\": 30", "25, \"bakeSeconds\": 20000"));

      assertThat(ended.error()).isEqualTo("RolledBack");
      assertThat(ended.cause())
          .contains("unanswered requests of backend-green is ALARM: it answered 0 of");
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 0);
      assertThat(world.service("backend-green").desiredCount()).isZero();
    }
  }

  /** Three of a hundred requests: no alarm fires, and the old version fails none of them. */
  @Test
  void aVersionThatFailsMoreThanTheOldOneIsTurnedBackThoughNoAlarmFires() throws Exception {
    SiteVersion worse = new SiteVersion("backend-2", Behaviour.SLIGHTLY_WORSE);
    try (StoryStack world = new StoryStack(worse);
        Visitors visitors = world.visitors(20)) {
      world.site.alarmByShare();
      visitors.start();

      DescribeExecutionResponse ended =
          world.run(world.release(world.site.backend(), ", \"minRequests\": 300"));

      assertThat(ended.error()).isEqualTo("RolledBack");
      assertThat(ended.cause())
          .contains("the new version is clearly worse than the old one: it failed")
          .contains("where the old one would have failed 0.0");
      assertThat(world.service("backend-green").desiredCount()).isZero();
      assertThat(visitors.counts().get("backend-1").failed()).isZero();
    }
  }

  /** Both fail three of a hundred requests: that is no reason to turn the new one back. */
  @Test
  void aVersionThatFailsAsOftenAsTheOldOneGoesLive() throws Exception {
    SiteVersion same = new SiteVersion("backend-2", Behaviour.SLIGHTLY_WORSE);
    try (StoryStack world = new StoryStack(same);
        Visitors visitors = world.visitors(20)) {
      world.site.alarmByShare();
      world.images.behave("backend-1", Behaviour.SLIGHTLY_WORSE);
      visitors.start();

      DescribeExecutionResponse ended =
          world.run(world.release(world.site.backend(), ", \"minRequests\": 150"));

      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(ended.output()).contains("where the old one would have failed");
      assertThat(world.question().shown()).contains("where the old one would have failed");
    }
  }

  @ParameterizedTest
  @CsvSource({"25, '0,25,0'", "50, '0,25,50,0'", "75, '0,25,50,75,0'", "100, '0,25,50,75,100,0'"})
  void anAlarmAtAnyStepTurnsEverythingBack(int share, String weights) throws Exception {
    try (StoryStack world = new StoryStack()) {
      List<Action> before = world.actions(world.site.backend().ruleArn());
      var scaling = world.aws.scaling().targets();
      String gauge = world.gauge();
      world.atShare(share, () -> world.breach(gauge));

      DescribeExecutionResponse ended =
          world.run(world.release(world.site.backend(), ", \"alarms\": [\"" + gauge + "\"]"));

      assertThat(ended.error()).isEqualTo("RolledBack");
      assertThat(ended.cause())
          .containsPattern("at the step at %d %%: ".formatted(share) + StoryStack.fired(gauge));
      assertThat(world.weights(world.site.backend())).asString().isEqualTo(listed(weights));
      assertThat(world.actions(world.site.backend().ruleArn())).isEqualTo(before);
      assertThat(world.service("backend-blue").desiredCount()).isEqualTo(2);
      assertThat(world.service("backend-green").desiredCount()).isZero();
      assertThat(world.service("backend-green").taskDefinition())
          .isEqualTo(world.service("backend-blue").taskDefinition());
      assertThat(world.aws.scaling().targets()).isEqualTo(scaling);
    }
  }

  @Test
  void anAlarmThatFiresAndClearsBetweenTwoLooksTurnsEverythingBack() throws Exception {
    try (StoryStack world = new StoryStack()) {
      String gauge = world.gauge();
      world.onFirst("CheckAlarms", () -> world.blip(gauge));

      DescribeExecutionResponse ended =
          world.run(world.release(world.site.backend(), ", \"alarms\": [\"" + gauge + "\"]"));

      assertThat(ended.error()).isEqualTo("RolledBack");
      assertThat(ended.cause())
          .startsWith("at the step at 25 %: gauge went to ALARM at")
          .endsWith("and is OK");
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 0);
    }
  }

  private static String listed(String weights) {
    return "[" + weights.replace(",", ", ") + "]";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          imageUri | imageURl | imageURl: found an unknown field, expected "imageUri" (did you mean this?)
          BASE_SERVICE_NAME | BASE_SERVICE_NAMES | expected "BASE_SERVICE_NAME" (did you mean this?)
          rule_arn | rule-arn | expected "rule_arn" (did you mean this?)
          "weight": 50 | "weight": 500 | steps[1].weight: found 500, expected a whole number from 1 to 100
          listener-rule/ | targetgroup/ | rule_arn: found
          "backend" | "kitchen" | cluster site has no service kitchen-blue
          """)
  void badInputIsRefusedAndNothingIsTouched(String good, String bad, String reason)
      throws Exception {
    try (StoryStack world = new StoryStack()) {
      long changes = world.changes();

      DescribeExecutionResponse ended = world.run(world.release().replace(good, bad));

      assertThat(ended.error()).isEqualTo("Refused");
      assertThat(ended.cause()).contains(reason);
      assertThat(world.changes()).isEqualTo(changes);
      assertThat(world.notices())
          .singleElement()
          .asString()
          .endsWith("refused, nothing was changed");
    }
  }

  @Test
  void anAlarmThatFiresAlreadyRefusesTheRelease() throws Exception {
    try (StoryStack world = new StoryStack()) {
      String gauge = world.gauge();
      world.aws.cloudWatch().blip(gauge, Duration.ofDays(1));

      DescribeExecutionResponse ended =
          world.run(world.release(world.site.backend(), ", \"alarms\": [\"" + gauge + "\"]"));

      assertThat(ended.error()).isEqualTo("Refused");
      assertThat(ended.cause()).contains(gauge + " is ALARM");
    }
  }

  @Test
  void aDryRunShowsThePlanAndTouchesNothing() throws Exception {
    try (StoryStack world = new StoryStack()) {
      long changes = world.changes();

      DescribeExecutionResponse ended =
          world.run(world.release(world.site.backend(), ", \"dryRun\": true"));

      assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(ended.output())
          .contains("\"action\":\"DRY_RUN\"")
          .contains("backend-green 75 %, backend-blue 25 %, watched 30 s")
          .contains("undo: the rule's 1 actions as they are");
      assertThat(world.changes()).isEqualTo(changes);
      assertThat(world.aws.s3().keys(world.stack.stateBucket())).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void aStoredReleaseIsReadPlainOrFromAnArtifact(boolean zipped) throws Exception {
    try (StoryStack world = new StoryStack()) {
      byte[] content = world.release().getBytes(StandardCharsets.UTF_8);
      world.aws.s3().createBucket("crossfade-artifacts-test");
      world
          .aws
          .s3()
          .put("crossfade-artifacts-test", "build/release", zipped ? zip(content) : content);

      DescribeExecutionResponse ended =
          world.run("{\"bucket\": \"crossfade-artifacts-test\", \"key\": \"build/release\"}");

      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 50, 75, 100);
    }
  }

  @Test
  void aStoredReleaseThatIsNotThereIsRefused() throws Exception {
    try (StoryStack world = new StoryStack()) {
      world.aws.s3().createBucket("crossfade-artifacts-test");
      DescribeExecutionResponse ended =
          world.run("{\"bucket\": \"crossfade-artifacts-test\", \"key\": \"nothing\"}");
      assertThat(ended.error()).isEqualTo("Refused");
      assertThat(ended.cause()).contains("NoSuchKey");
    }
  }

  private static byte[] zip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("README.md"));
      zip.write("other".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("imageDetail.json"));
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  /**
   * A target is gone when the step after 50 % is to begin and again when the old version is to go.
   * It comes back once the release has seen that.
   */
  @Test
  void aTargetThatIsMissingForAMomentIsWaitedFor() throws Exception {
    try (StoryStack world = new StoryStack()) {
      List<String> states = new CopyOnWriteArrayList<>();
      world.ecsLeavesUnhealthyTasksAlone("backend-green");
      for (String state : List.of("ShiftTraffic", "Bake", "ScaleIn", "CheckDrain")) {
        world.onState(
            state,
            () -> {
              states.add(state);
              boolean toSeventyFive = Collections.frequency(states, "ShiftTraffic") == 3;
              boolean lost =
                  state.equals("ShiftTraffic") && toSeventyFive
                      || state.equals("ScaleIn") && Collections.frequency(states, state) == 1;
              if (lost) {
                world.loseATarget();
              } else {
                world.bringTheTargetBack();
              }
            });
      }
      world.onState("Rollback", () -> states.add("Rollback"));

      DescribeExecutionResponse ended =
          world.run(
              world.release(world.site.backend(), ", \"health\": {\"recoverySeconds\": 1800}"));

      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 50, 75, 100);
      assertThat(ended.output())
          .contains(
              "1 of 2 targets of backend-green are healthy, 2 needed before it gets 75 %; missing for");
      assertThat(states)
          .containsSubsequence("ScaleIn", "CheckDrain", "ScaleIn")
          .doesNotContain("Rollback");
      assertThat(world.service("backend-blue").desiredCount()).isZero();
      assertThat(world.notices()).containsExactly("Crossfade: backend released");
    }
  }

  /** The parked group has no targets and later the stable one no requests: both are absent. */
  @Test
  void alarmsOfAGroupWithoutTrafficStandInNobodysWay() throws Exception {
    try (StoryStack world = new StoryStack()) {
      BookingSite.Application backend = world.site.backend();
      Map.of("blue", backend.blueGroupArn(), "green", backend.greenGroupArn())
          .forEach(
              (colour, group) -> {
                world.alarm(
                    "hosts-" + colour, group, "HealthyHostCount", Statistic.MINIMUM, "breaching");
                world.alarm(
                    "slow-" + colour, group, "TargetResponseTime", Statistic.AVERAGE, "missing");
              });
      world.awaitAlarm("hosts-green", StateValue.ALARM);
      world.awaitAlarm("hosts-blue", StateValue.OK);
      try (Visitors visitors = world.visitors(4)) {
        visitors.start();
        DescribeExecutionResponse ended = world.run(world.release());

        assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      }
    }
  }
}
