package io.crossfade.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.command.Command;
import io.crossfade.release.ReleaseCheck;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(HandlersProfile.class)
class RunChecksTest extends HandlerTest {
  private static final ReleaseCheck TASK =
      new ReleaseCheck(
          "migrate", 60, null, null, null, new ReleaseCheck.Task("app", List.of("sleep")));
  private static final ReleaseCheck FUNCTION =
      new ReleaseCheck("contract", 60, null, null, new ReleaseCheck.Lambda("contract"), null);
  private static final ReleaseCheck AFTER_HALF =
      new ReleaseCheck("load", 60, 50, null, new ReleaseCheck.Lambda("contract"), null);

  RunChecksTest() {
    super("run-checks");
  }

  @Override
  ObjectNode ordinary() {
    return payload(checkedBy(-1, null, TASK));
  }

  private static ReleaseCheck http(String path) {
    return new ReleaseCheck(
        "smoke",
        60,
        null,
        new ReleaseCheck.Http(path, "GET", null, 200, Map.of(), null, 3),
        null,
        null);
  }

  private JsonNode again(JsonNode before, int seconds) {
    return call(payload(before, NOW.plusSeconds(seconds)));
  }

  /** By the test rule, of the load balancer itself. */
  @Test
  void asksTheNewVersionOnceTheTestRuleHasSettled() {
    String testRule = site.addTestRule(backend);

    JsonNode first = call(payload(checkedBy(-1, testRule, http("/api/x"))));
    assertThat(action(first)).isEqualTo("WAIT");
    assertThat(reason(first)).isEqualTo("check \"smoke\": the test rule settles");
    assertThat(waitSeconds(first)).isEqualTo(20);

    JsonNode passed = again(first, 40);
    assertThat(action(passed)).as(reason(passed)).isEqualTo("PASS");
    assertThat(reason(passed))
        .isEqualTo("check \"smoke\" passed: GET /api/x answered 200, 3 times");
    assertThat(passed.at("/progress/checks/passed").asInt()).isEqualTo(1);
    assertThat(changes()).isEmpty();
  }

  @Test
  void aPathThatUsersTakeIsNoCheck() {
    String testRule = site.addTestRule(backend);
    JsonNode first = call(payload(checkedBy(-1, testRule, http("/elsewhere"))));
    JsonNode failed = again(first, 40);
    assertThat(action(failed)).isEqualTo("ROLL_BACK");
    assertThat(reason(failed))
        .isEqualTo("check \"smoke\" failed: the test rule does not take the path /elsewhere");
  }

  @Test
  void aTaskIsStartedOnceAndStoppedAtItsDeadline() {
    JsonNode started = call(ordinary());
    assertThat(action(started)).isEqualTo("WAIT");
    String arn = started.at("/progress/checks/task").asText();
    assertThat(reason(started)).isEqualTo("check \"migrate\": the task %s has been started", arn);

    // A retry of the same state has the same document.
    assertThat(call(ordinary()).at("/progress/checks/task").asText()).isEqualTo(arn);
    assertThat(aws.ecs().oneOffTasks()).hasSize(1);

    JsonNode late = again(started, 60);
    assertThat(action(late)).isEqualTo("ROLL_BACK");
    assertThat(reason(late)).startsWith("check \"migrate\" did not pass within 60 s: ");
    assertThat(aws.ecs().oneOffTasks())
        .singleElement()
        .satisfies(task -> assertThat(task.desiredStatus()).isEqualTo("STOPPED"));
  }

  @Test
  void aPersonsRollbackStopsWhatWasStarted() {
    JsonNode started = call(ordinary());
    command(Command.ROLLBACK);
    JsonNode back = again(started, 20);
    assertThat(action(back)).isEqualTo("ROLL_BACK");
    assertThat(reason(back)).isEqualTo("rollback by arn:aws:iam::123456789012:user/ann: slow");
    assertThat(aws.ecs().oneOffTasks().get(0).desiredStatus()).isEqualTo("STOPPED");
  }

  @Test
  void whatPassedIsNotRunAgain() {
    aws.lambda().create("contract", Map.of(), event -> "{\"result\": \"pass\"}");
    JsonNode passed = call(payload(checkedBy(-1, null, FUNCTION, TASK)));
    assertThat(action(passed)).isEqualTo("WAIT");
    assertThat(waitSeconds(passed)).isZero();
    aws.lambda().create("contract", Map.of(), event -> "{\"result\": \"fail\"}");
    assertThat(reason(again(passed, 1))).startsWith("check \"migrate\": the task ");
  }

  @Test
  void aFunctionTurnsItBackInItsOwnWords() {
    aws.lambda()
        .create("contract", Map.of(), event -> "{\"result\": \"fail\", \"reason\": \"too slow\"}");
    JsonNode failed = call(payload(checkedBy(-1, null, FUNCTION)));
    assertThat(action(failed)).isEqualTo("ROLL_BACK");
    assertThat(reason(failed)).isEqualTo("check \"contract\" failed: too slow");
    assertThat(failed.at("/timeline").toString()).contains("too slow");
  }

  @Test
  void afterAStepTheAlarmsAreWatchedMeanwhile() {
    aws.lambda().create("contract", Map.of(), event -> "{\"result\": \"not-yet\"}");
    JsonNode waiting = call(payload(checkedBy(1, null, AFTER_HALF)));
    assertThat(action(waiting)).isEqualTo("KEEP_BAKING");
    assertThat(waitSeconds(waiting)).isEqualTo(20);
    assertThat(waiting.at("/progress/phase").asText()).isEqualTo("CHECKING");
    assertThat(waiting.at("/timeline")).isEmpty();
  }

  @Test
  void aFunctionThatIsNotThereTurnsItBack() {
    JsonNode error = fail(payload(checkedBy(-1, null, FUNCTION)));
    assertThat(error.get("errorType").asText()).isEqualTo("io.crossfade.release.PermanentFailure");
  }

  @Test
  void doesNothingWithoutTheLock() {
    failsWithoutTheLock();
    assertThat(aws.ecs().oneOffTasks()).isEmpty();
  }
}
