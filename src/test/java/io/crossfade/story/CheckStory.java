package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.rehearsal.Visitors;
import io.crossfade.site.Behaviour;
import io.crossfade.site.SiteVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** A release's own checks on the packaged functions: each kind, and each way that one ends. */
class CheckStory {
  private static final Map<String, String> TAGGED = Map.of("CrossfadeCheck", "true");

  private static final String REQUESTS =
      """
      {"name": "smoke", "http": {"path": "/api/restaurants", "times": 5}}""";

  private static final String FUNCTION =
      """
      {"name": "contract", "lambda": {"function": "contract-check"}}""";

  private static String task(int deadline, String word) {
    return """
        {"name": "migrate", "deadlineSeconds": %d, "task": {"command": [%s]}}"""
        .formatted(deadline, word);
  }

  private static String release(StoryStack world, String... checks) {
    String testRule = world.site.addTestRule(world.site.backend());
    return StoryStack.inOneStep(
        world.release(
            world.site.backend(),
            ", \"test_rule_arn\": \"%s\", \"checks\": [%s]"
                .formatted(testRule, String.join(", ", checks))));
  }

  @Test
  void everyKindPassesBeforeUsersAndIsAskedNoMore() throws Exception {
    try (StoryStack world = new StoryStack()) {
      List<String> events = new CopyOnWriteArrayList<>();
      world
          .aws
          .lambda()
          .create(
              "contract-check",
              TAGGED,
              event -> {
                events.add(event);
                return events.size() == 1
                    ? "{\"result\": \"not-yet\", \"reason\": \"it runs\"}"
                    : "{\"result\": \"pass\", \"reason\": \"12 of 12\"}";
              });

      DescribeExecutionResponse ended =
          world.run(release(world, REQUESTS, FUNCTION, task(1200, "\"exit\", \"0\"")));

      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(world.weights(world.site.backend())).containsExactly(0, 100);
      assertThat(events).hasSize(2).allSatisfy(e -> assertThat(e).contains("\"testUrl\":\"http"));
      assertThat(world.aws.ecs().oneOffTasks()).hasSize(1);
      assertThat(ended.output())
          .contains(
              "check \\\"smoke\\\" passed: GET /api/restaurants answered 200, 5 times",
              "check \\\"contract\\\" passed: 12 of 12",
              "check \\\"migrate\\\" passed: the task ended with exit code 0");
    }
  }

  /** Whose every answer is an error, but for its health check. */
  @Test
  void noUserReachesAVersionThatFailsItsCheck() throws Exception {
    try (StoryStack world = new StoryStack(new SiteVersion("backend-2", Behaviour.BROKEN));
        Visitors visitors = world.visitors(20)) {
      visitors.start();

      DescribeExecutionResponse ended = world.run(release(world, REQUESTS));

      visitors.stop();
      assertThat(ended.error()).isEqualTo("RolledBack");
      assertThat(ended.cause())
          .isEqualTo(
              "check \"smoke\" failed: GET /api/restaurants: found the status 500, expected 200");
      assertThat(world.weights(world.site.backend())).containsExactly(0);
      assertThat(visitors.counts()).doesNotContainKey("backend-2");
      assertThat(visitors.report(world.images.orders()).failed()).isZero();
    }
  }

  @Test
  void aFunctionTurnsTheReleaseBackInItsOwnWords() throws Exception {
    try (StoryStack world = new StoryStack()) {
      world
          .aws
          .lambda()
          .create(
              "contract-check",
              TAGGED,
              event -> "{\"result\": \"fail\", \"reason\": \"GET /x lacks <b>y</b>\"}");

      DescribeExecutionResponse ended = world.run(release(world, FUNCTION));

      assertThat(ended.error()).isEqualTo("RolledBack");
      assertThat(ended.cause()).isEqualTo("check \"contract\" failed: GET /x lacks <b>y</b>");
      assertThat(world.weights(world.site.backend())).containsExactly(0);
      assertThat(StoryStack.releaseMessage().blocks().toString())
          .contains("GET /x lacks &lt;b&gt;y");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1200 | "exit", "3" | check "migrate" failed: the task ended with exit code 3
          300  | "sleep"     | check "migrate" did not pass within 300 s: the task is RUNNING
          """)
  void aTaskTurnsTheReleaseBack(int deadline, String command, String cause) throws Exception {
    try (StoryStack world = new StoryStack()) {
      DescribeExecutionResponse ended = world.run(release(world, task(deadline, command)));

      assertThat(ended.error()).isEqualTo("RolledBack");
      assertThat(ended.cause()).isEqualTo(cause);
      assertThat(world.weights(world.site.backend())).containsExactly(0);
      assertThat(world.aws.ecs().oneOffTasks())
          .singleElement()
          .satisfies(task -> assertThat(task.lastStatus()).isEqualTo("STOPPED"));
    }
  }

  @Test
  void anAlarmFiresDuringALongCheckAfterAStep() throws Exception {
    try (StoryStack world = new StoryStack()) {
      String gauge = world.gauge();
      List<String> looks = new CopyOnWriteArrayList<>();
      world
          .aws
          .lambda()
          .create(
              "contract-check",
              TAGGED,
              event -> {
                looks.add(event);
                if (looks.size() == 2) {
                  world.breach(gauge);
                }
                return "{\"result\": \"not-yet\", \"reason\": \"it runs\"}";
              });
      String release =
          world.release(
              world.site.backend(),
              ", \"alarms\": [\"%s\"], \"checks\": [%s]"
                  .formatted(
                      gauge,
                      FUNCTION.replace(
                          "\"name\"", "\"after\": 50, \"deadlineSeconds\": 1800, \"name\"")));

      DescribeExecutionResponse ended = world.run(release);

      assertThat(ended.error()).isEqualTo("RolledBack");
      assertThat(ended.cause()).startsWith("at the step at 50 %: ").contains(gauge);
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 50, 0);
      assertThat(looks).hasSizeGreaterThanOrEqualTo(2);
    }
  }
}
