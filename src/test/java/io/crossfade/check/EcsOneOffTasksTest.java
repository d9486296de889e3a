package io.crossfade.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.Account;
import io.crossfade.localaws.ecs.ContainerImage;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.release.Deployment;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.ReleaseCheck;
import io.crossfade.release.Sample;
import io.crossfade.release.TransientFailure;
import io.crossfade.site.BookingSite;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Tag;

class EcsOneOffTasksTest {
  private final Account account = new Account();
  private final BookingSite site = new BookingSite(account.aws(), BookingSite.Names.SAMPLE);
  private final OneOffTasks tasks = new EcsOneOffTasks(account.client(EcsClient.builder()));

  @AfterEach
  void close() {
    account.close();
  }

  private Deployment deployment(ReleaseCheck.Task task) {
    ReleaseCheck check = new ReleaseCheck("task", 60, null, null, null, task);
    return Sample.at(-1, Sample.checkedBy(null, check))
        .withTaskDefinition(site.backend().definition());
  }

  private static ReleaseCheck.Task command(String... words) {
    return new ReleaseCheck.Task("app", List.of(words));
  }

  private CheckResult await(ReleaseCheck.Task task, Predicate<CheckResult> wanted) {
    String arn = tasks.start(deployment(task), task);
    AtomicReference<CheckResult> seen = new AtomicReference<>();
    Await.until(
        "the task is as wanted",
        () -> {
          seen.set(tasks.look("site", arn, task));
          return wanted.test(seen.get());
        });
    return seen.get();
  }

  private static boolean over(CheckResult result) {
    return result.outcome() != CheckResult.Outcome.NOT_YET;
  }

  @Test
  void runsTheNewRevisionWhereTheServiceRuns() {
    tasks.start(deployment(command("bin/migrate")), command("bin/migrate"));
    assertThat(account.sent("ecs:RunTask", RunTaskRequest.class))
        .singleElement()
        .satisfies(
            sent -> {
              assertThat(sent.taskDefinition()).isEqualTo(site.backend().definition());
              assertThat(sent.launchTypeAsString()).isEqualTo("FARGATE");
              assertThat(sent.networkConfiguration().awsvpcConfiguration().subnets())
                  .containsExactly("subnet-1");
              assertThat(sent.overrides().containerOverrides())
                  .singleElement()
                  .satisfies(
                      override -> {
                        assertThat(override.name()).isEqualTo("app");
                        assertThat(override.command()).containsExactly("bin/migrate");
                      });
              assertThat(sent.tags())
                  .containsExactly(Tag.builder().key("CrossfadeCheckTask").value("true").build());
            });
  }

  @Test
  void theContainersOwnCommandIsLeftAlone() {
    tasks.start(deployment(command()), command());
    assertThat(account.sent("ecs:RunTask", RunTaskRequest.class).get(0).overrides()).isNull();
  }

  @Test
  void aRepeatedStartFindsTheFirstTask() {
    Deployment deployment = deployment(command("exit", "0"));
    String first = tasks.start(deployment, command("exit", "0"));
    assertThat(tasks.start(deployment, command("exit", "0"))).isEqualTo(first);
    assertThat(account.aws().ecs().oneOffTasks()).hasSize(1);
  }

  @Test
  void theNextCheckStartsATaskOfItsOwn() {
    Deployment deployment = deployment(command());
    Deployment next =
        deployment.with(deployment.progress().with(deployment.progress().checks().nextPassed()));
    tasks.start(deployment, command());
    tasks.start(next, command());
    assertThat(account.aws().ecs().oneOffTasks()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "0, PASSED, the task ended with exit code 0",
    "3, FAILED, the task ended with exit code 3"
  })
  void theExitCodeIsTheResult(String code, CheckResult.Outcome outcome, String words) {
    assertThat(await(command("exit", code), EcsOneOffTasksTest::over))
        .isEqualTo(new CheckResult(outcome, words));
  }

  @Test
  void aTaskThatIsNotShownYetIsNoResult() {
    String unshown = "arn:aws:ecs:eu-central-1:123456789012:task/site/" + "0".repeat(32);
    assertThat(tasks.look("site", unshown, command("sleep")))
        .isEqualTo(CheckResult.notYet("ECS does not show the task " + unshown));
  }

  @Test
  void aTaskThatIsOnItsWayIsNoResult() {
    assertThat(await(command("sleep"), seen -> seen.words().contains("PENDING")).outcome())
        .isEqualTo(CheckResult.Outcome.NOT_YET);
  }

  @Test
  void aTaskWithoutAnExitCodeHasFailed() {
    account.aws().images().fallback(uri -> Optional.<ContainerImage>empty());
    assertThat(await(command("exit", "0"), EcsOneOffTasksTest::over))
        .isEqualTo(
            CheckResult.failed("the task has no exit code: CannotPullContainerError: not found"));
  }

  @Test
  void lackingCapacityIsToldInAnAnswerAndTriedAgain() {
    Deployment deployment = deployment(command());
    account.aws().ecs().lackCapacity(true);
    assertThatThrownBy(() -> tasks.start(deployment, command()))
        .isInstanceOf(TransientFailure.class)
        .hasMessageStartingWith("ECS did not start the task: Capacity is unavailable");
    account.aws().ecs().lackCapacity(false);
    assertThat(tasks.start(deployment, command())).contains(":task/site/");
  }

  @Test
  void aClusterThatIsNotThereIsRefused() {
    Deployment deployment = deployment(command()).withTaskDefinition("backend:99");
    assertThatThrownBy(() -> tasks.start(deployment, command()))
        .isInstanceOf(PermanentFailure.class);
  }

  @Test
  void whatIsStoppedHasFailedAndMayBeStoppedAgain() {
    ReleaseCheck.Task sleep = command("sleep");
    String arn = tasks.start(deployment(sleep), sleep);
    tasks.stop("site", arn);
    tasks.stop("site", arn);
    assertThat(account.aws().ecs().oneOffTasks())
        .singleElement()
        .satisfies(task -> assertThat(task.lastStatus()).isEqualTo("STOPPED"));
  }

  @Test
  void whatCannotBeStoppedIsLeft() {
    tasks.stop("site", "arn:aws:ecs:eu-central-1:123456789012:task/site/none");
    assertThat(account.aws().ecs().oneOffTasks()).isEmpty();
  }
}
